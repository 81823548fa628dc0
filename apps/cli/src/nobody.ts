/** In the place of a queue: what a command leaves to do, a worker's sweeper finds. */
export const nobody = { wake: (): Promise<void> => Promise.resolve() }
