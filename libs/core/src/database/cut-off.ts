import type { Socket } from 'node:net'
import type pg from 'pg'

/** What we ended ourselves: its connection can't be used again. */
class CutOffError extends Error {
  override readonly name = 'CutOffError'
}

/**
 * Ends a connection at once, and with it whatever runs on it: PostgreSQL is not asked, because it may not answer, and
 * what it still sends is not read. Whoever has the connection releases it as one that is broken.
 */
export function cutOff(client: pg.PoolClient): void {
  // pg keeps the socket to itself in its types, not in its documentation.
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  stream.destroy(new CutOffError('the connection was ended from here'))
}
