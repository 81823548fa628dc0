import pg from 'pg'
import type { Config } from '../config/schema.js'
import { connecting } from '../database/no-connection.js'
import { fingerprint, queueBackend } from './backend.js'

/** Spells QUEU: the first half of the advisory lock's key; the second is the backend's fingerprint. */
const LOCK_CLASS = 0x51554555

const TIMEOUT_MS = 10_000

/**
 * Holds, for as long as the process lives, a shared advisory lock that says which queue backend it
 * uses, and refuses to start beside a process that uses another: its messages would wake no one.
 * A lock ends with its connection, so a process that was killed blocks no later start.
 *
 * @throws NoConnectionError, or Error when another gateway or worker is on a different backend
 */
export async function holdSameBackend(config: Config): Promise<void> {
  const backend = queueBackend(config)
  const mine = fingerprint(backend)
  const connectionString = config.SYSTEM_DATABASE_URL
  const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: TIMEOUT_MS })
  // A lost connection loses the lock, not the process: the check is for boot.
  client.on('error', () => undefined)
  await connecting('SYSTEM_DATABASE_URL', connectionString, async () => {
    await client.connect()
    await client.query('SELECT pg_advisory_lock_shared($1, $2)', [LOCK_CLASS, mine])
  })
  const { rows } = await client.query(
    `SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid <> $2
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [LOCK_CLASS, mine],
  )
  if (rows.length === 0) return
  await client.end()
  throw new Error(
    `another gateway or worker uses a different queue than this one (${backend.kind}): set the same QUEUE_URL for all`,
  )
}
