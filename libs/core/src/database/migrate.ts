import { runMigrations as runQueueMigrations } from 'bullmq'
import pg from 'pg'
import { DataSource } from 'typeorm'
import { QUEUE_SCHEMA } from '../queues/backend.js'
import { migrations } from './migrations/index.js'
import { connecting, whileThere } from './no-connection.js'
import { type RepeatableSql, runRepeatable } from './repeatable.js'
import { roles } from './roles.js'

/** Spells LDFY; many processes may start at once, one migrates. */
const MIGRATION_LOCK = 0x4c444659

const CONNECT_TIMEOUT_MS = 10_000

/**
 * Brings the database up to date: our tables, then BullMQ's, which live in the same database where
 * there is no Redis. May be called by many at once. Everything is made by the role `owner`.
 *
 * @param url MIGRATION_DATABASE_URL
 * @param functions of every feature, made anew after the migrations
 * @throws NoConnectionError
 */
export async function migrate(url: string, functions: readonly RepeatableSql[]): Promise<void> {
  const lock = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  // A connection that is lost fails the statement that it is lost in; nobody else listens, and Node would end the process.
  lock.on('error', () => undefined)
  await connecting('MIGRATION_DATABASE_URL', url, () => lock.connect())
  try {
    await whileThere('MIGRATION_DATABASE_URL', url, async () => {
      await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
      await migrateTables(url, functions)
      await migrateQueues(lock)
    })
  } finally {
    await lock.end()
  }
}

async function migrateTables(url: string, functions: readonly RepeatableSql[]): Promise<void> {
  const source = new DataSource({ type: 'postgres', url, migrations, extra: { max: 2 } })
  await source.initialize()
  try {
    await source.runMigrations({ transaction: 'each' })
    await runRepeatable(source, functions)
    // Gateways and workers look at boot whether they find what they were built for.
    await source.query(`GRANT SELECT ON migrations TO ${roles.system}`)
  } finally {
    await source.destroy()
  }
}

async function migrateQueues(client: pg.Client): Promise<void> {
  await runQueueMigrations(client, QUEUE_SCHEMA)
  await client.query(`
    GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${roles.system};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${roles.system};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${roles.system};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO ${roles.system};`)
}
