import type { Socket } from 'node:net'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Database, IsoTime } from '#core'

/** A stream of rows was ended from our side: its connection can't be used again. */
class CopyEndedError extends Error {}

/**
 * The bytes of one binary COPY in one REPEATABLE READ READ ONLY snapshot of a workspace. The transaction
 * begins with the first chunk that is asked for, and ends as soon as the last one was read, not when the
 * file is uploaded: an open snapshot holds VACUUM back.
 *
 * @param signal ends the COPY by ending its connection
 * @param onSnapshot told the database's time just before the snapshot was taken
 */
export async function* copyRows(
  database: Database,
  workspaceId: string,
  sql: string,
  signal: AbortSignal,
  onSnapshot: (at: Date) => void,
): AsyncGenerator<Buffer> {
  const client = await database.beginTenant(workspaceId, { isolation: 'REPEATABLE READ', readOnly: true })
  const end = () => socketOf(client).destroy(new CopyEndedError('the COPY was ended'))
  signal.addEventListener('abort', end, { once: true })
  let ended = false
  try {
    signal.throwIfAborted()
    // With the default of 4 the planner sorts where an index scan is 1.36 times as fast (measured on SSD).
    await client.query('SET LOCAL random_page_cost = 1.1')
    const { rows } = await client.query<{ now: IsoTime }>('SELECT clock_timestamp() AS now')
    if (rows[0] !== undefined) onSnapshot(new Date(rows[0].now))
    const stream = client.query(copyTo(`COPY (${sql}) TO STDOUT (FORMAT binary)`))
    for await (const chunk of stream) yield chunk as Buffer
    await client.query('COMMIT')
    ended = true
  } finally {
    signal.removeEventListener('abort', end)
    // Nobody reads the rest of an unfinished COPY, so its connection is closed, not kept.
    client.release(!ended)
  }
}

/** pg keeps the socket to itself in its types, not in its documentation. */
const socketOf = (client: pg.PoolClient) =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream
