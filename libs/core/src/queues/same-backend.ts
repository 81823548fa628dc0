import { Logger } from '@nestjs/common'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Config } from '../config/schema.js'
import { connecting, whileThere } from '../database/no-connection.js'
import { whenThere } from '../database/when-there.js'
import { fingerprint, queueBackend } from './backend.js'

/** Spells QUEU: the first half of the advisory lock's key; the second is the backend's fingerprint. */
const LOCK_CLASS = 0x51554555

const TIMEOUT_MS = 10_000
/** What ends each connection as soon as it is made must not be kept busy by us. */
const BEFORE_AGAIN_MS = 500

const logger = new Logger('SameBackend')

/**
 * Holds, for as long as the process lives, a shared advisory lock that says which queue backend it
 * uses, and refuses to start beside a process that uses another: its messages would wake no one.
 * A lock ends with its connection, so a process that was killed blocks no later start; one whose connection was lost
 * takes it anew, so that a process on another queue is refused later too.
 *
 * @throws NoConnectionError, or Error when another gateway or worker is on a different backend
 */
export async function holdSameBackend(config: Config): Promise<void> {
  const client = await lock(config)
  try {
    if (await othersDiffer(client, config)) throw new Error(differs(config))
  } catch (error) {
    await client.end()
    throw error
  }
  client.once('end', () => void holdAgain(config))
}

/** Never throws: a process that is at work goes on, and says what is wrong. */
async function holdAgain(config: Config): Promise<void> {
  await sleep(BEFORE_AGAIN_MS)
  try {
    const client = await whenThere(
      () => lock(config),
      (line) => logger.warn(line),
    )
    client.once('end', () => void holdAgain(config))
    if (await othersDiffer(client, config)) logger.error(differs(config))
  } catch (error) {
    // Not the error as it is: pg's has the connection in it.
    const { message: problem } = error as Error
    logger.error({ problem }, 'the queue of this process can’t be compared with that of later ones')
  }
}

/** A connection that holds the lock. @throws NoConnectionError */
function lock(config: Config): Promise<pg.Client> {
  const connectionString = config.SYSTEM_DATABASE_URL
  return connecting('SYSTEM_DATABASE_URL', connectionString, async () => {
    const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: TIMEOUT_MS })
    // It ends by it, and nothing else.
    client.on('error', () => undefined)
    await client.connect()
    try {
      await client.query('SELECT pg_advisory_lock_shared($1, $2)', [LOCK_CLASS, ownFingerprint(config)])
      return client
    } catch (error) {
      await client.end()
      throw error
    }
  })
}

/** @throws NoConnectionError */
async function othersDiffer(client: pg.Client, config: Config): Promise<boolean> {
  const { rows } = await whileThere('SYSTEM_DATABASE_URL', config.SYSTEM_DATABASE_URL, () =>
    client.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid <> $2
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [LOCK_CLASS, ownFingerprint(config)],
    ),
  )
  return rows.length > 0
}

const ownFingerprint = (config: Config): number => fingerprint(queueBackend(config))

const differs = (config: Config): string =>
  `another gateway or worker uses a different queue than this one (${queueBackend(config).kind}): set the same QUEUE_URL for all`
