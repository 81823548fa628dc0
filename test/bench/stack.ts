import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { access, constants, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { type Config, Database, loadConfig, ObjectStore, sha256Hex } from '#core'
import { exportEntities } from '#exports'
import { leadEntities } from '#leads'
import { tenancyEntities } from '#tenancy'
import { withClient } from '../../tools/demo/with-client.js'
import { prepareDatabase } from '../../tools/local-stack/database.js'
import { DATABASE, environment } from '../../tools/local-stack/environment.js'
import { freePort } from '../../tools/local-stack/ports.js'
import { type Postgres, startPostgres } from '../../tools/local-stack/postgres/postgres.js'
import { compiled } from '../../tools/local-stack/project-root.js'
import { keptSecrets } from '../../tools/local-stack/secrets.js'

/** A file system in memory, on Linux. */
const MEMORY = '/dev/shm'

/** What the benchmark runs on: PostgreSQL, and the S3 server and the mailbox in a process of their own. */
export interface BenchStack {
  env: Record<string, string>
  config: Config
  database: Database
  store: ObjectStore
  /** psql's connection, as the role that exports read by. */
  psqlUrl: string
  /** Bound by no row-level security. */
  superuserUrl: string
  /** PostgreSQL's postmaster. */
  postgresPid: number
  /** Where the store keeps its objects; empty at every start. */
  filesDir: string
  stop(): Promise<void>
}

/** On a connection of its own, bound by no row-level security. */
export const asSuperuser = <T>(
  { superuserUrl }: BenchStack,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => withClient(superuserUrl, work)

/** The id of the workspace's own chatbot. */
export async function chatbotOf({ database }: BenchStack, workspaceId: string): Promise<string> {
  const query = { name: 'bench-chatbot', text: 'SELECT id FROM chatbots WHERE is_default', values: [] }
  const [chatbot] = await database.read<{ id: string }>(workspaceId, query)
  return chatbot!.id
}

/** @param dataDir kept between runs, so that a database is filled once */
export async function startBenchStack(dataDir: string): Promise<BenchStack> {
  await mkdir(dataDir, { recursive: true })
  const secrets = await keptSecrets(dataDir)
  const ports = {
    PORT: await freePort(),
    ADMIN_PORT: await freePort(),
    MAIL_PORT: await freePort(),
    SMTP_PORT: await freePort(),
    S3_PORT: await freePort(),
    POSTGRES_PORT: await freePort(),
  }
  const env: Record<string, string> = {
    ...environment({ ports }, secrets),
    LOG_LEVEL: 'error',
    EXPORT_MAX_SECONDS: '7200',
  }
  const postgres: Postgres = await startPostgres({
    dataDir: join(dataDir, 'postgres'),
    port: ports.POSTGRES_PORT,
    portVariable: 'any',
    log: join(dataDir, 'postgres.log'),
    // All that is exported stays in memory, whatever the kernel thinks of its own cache: a disk is not what is measured.
    settings: { max_wal_size: '8GB', checkpoint_timeout: '30min', shared_buffers: '8GB' },
  })
  await prepareDatabase(postgres.url, env['MIGRATION_DATABASE_URL']!, secrets)
  const filesDir = await emptyFilesDir(dataDir)
  const servers: ChildProcess = fork(compiled('test/bench/servers.js'), [filesDir], {
    env: { ...process.env, ...env, ...stringify(ports) },
  })
  await once(servers, 'message')
  const config = { ...loadConfig('worker', env), ...loadConfig('gateway', env) }
  const database = await Database.connect(config, [...tenancyEntities, ...leadEntities, ...exportEntities])
  const store = new ObjectStore(config)
  return {
    env,
    config,
    database,
    store,
    psqlUrl: config.DATABASE_URL,
    superuserUrl: inDatabase(postgres.url),
    postgresPid: postgres.pid,
    filesDir,
    async stop() {
      store.close()
      await database.close()
      servers.disconnect()
      await once(servers, 'exit')
      await postgres.stop()
      await rm(filesDir, { recursive: true })
    },
  }
}

/**
 * The store stands for one elsewhere, so its disk is not what is measured: its objects are kept in memory where Linux
 * lends some as a file system.
 */
async function emptyFilesDir(dataDir: string): Promise<string> {
  const inMemory = await access(MEMORY, constants.W_OK).then(
    () => true,
    () => false,
  )
  // The data folder is one run's at a time, so what is named after it is too.
  const name = `leadferry-bench-${sha256Hex(dataDir).slice(0, 8)}`
  const dir = inMemory ? join(MEMORY, name) : join(dataDir, 'files')
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  return dir
}

function inDatabase(serverUrl: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${DATABASE}`
  return url.href
}

const stringify = (ports: Record<string, number>) =>
  Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]))
