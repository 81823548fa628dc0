/** Where the queue lives in a test. */
export type Backend = 'postgres' | 'redis'
