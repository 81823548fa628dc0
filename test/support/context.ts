import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { type Config, Database, loadConfig } from '#core'
import { exportEntities } from '#exports'
import { leadEntities } from '#leads'
import { type Chatbot, KeysService, tenancyEntities, type Workspace, WorkspacesService } from '#tenancy'
import { startMailbox } from '../../tools/local-stack/mailbox/server.js'
import { freePort } from '../../tools/local-stack/ports.js'
import { startS3Server } from '../../tools/local-stack/s3/server.js'
import type { Backend } from './backend.js'
import { describeWhen } from './when.js'
import { createTestDatabase, type TestDatabase } from './test-database.js'

/** Both backends, the second only where there is a Redis; the summary says why it is not. */
export const backends = (['postgres', 'redis'] as const).map((backend) => ({
  backend,
  suite: describeWhen(backend === 'postgres' || process.env['TEST_REDIS_URL'] !== undefined, 'no Redis'),
}))

const S3 = { accessKeyId: 'test', secretAccessKey: 'test-secret', buckets: ['leadferry'] }

/** Everything a test of the product stands on, real and of its own. */
export class TestContext {
  private constructor(
    readonly env: Record<string, string>,
    readonly config: Config,
    readonly testDatabase: TestDatabase,
    readonly database: Database,
    readonly s3: { port: number; dataDir: string; close(): Promise<void>; restart(): Promise<void> },
    readonly mailbox: Awaited<ReturnType<typeof startMailbox>>,
    private readonly folder: string,
  ) {}

  static async create(
    backend: Backend = 'postgres',
    more: Record<string, string> = {},
  ): Promise<TestContext> {
    const folder = await mkdtemp(join(tmpdir(), 'leadferry-'))
    const testDatabase = await createTestDatabase()
    const s3 = await restartableS3(join(folder, 's3'))
    const mailbox = await startMailbox({ dataDir: join(folder, 'mail'), smtpPort: 0, httpPort: 0 })
    const port = await freePort()
    const env: Record<string, string> = {
      ...testDatabase.urls,
      DATABASE_POOL: '5',
      S3_ENDPOINT: `http://127.0.0.1:${s3.port}`,
      S3_BUCKET: 'leadferry',
      S3_ACCESS_KEY_ID: S3.accessKeyId,
      S3_SECRET_ACCESS_KEY: S3.secretAccessKey,
      SMTP_URL: mailbox.smtpUrl,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      PORT: String(port),
      ADMIN_PORT: String(await freePort()),
      APP_SECRET: '9f2c51e07ab84d36c1e85f70b94ad2638e5017fc2ba96d43',
      ADMIN_TOKEN: '4b71d8a2e60f95c3187de4ba52f0c96730ad1b8ef5264c97',
      SWEEP_SECONDS: '1',
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal',
      ...(backend === 'redis' ? { QUEUE_URL: await redisDatabase() } : {}),
      ...more,
    }
    const config = { ...loadConfig('worker', env), ...loadConfig('gateway', env) }
    const database = await Database.connect(config, [...tenancyEntities, ...leadEntities, ...exportEntities])
    return new TestContext(env, config, testDatabase, database, s3, mailbox, folder)
  }

  /** A workspace with a chatbot and a key that has every scope. */
  async workspace(codename: string, locale: 'es' | 'en' = 'es'): Promise<TestWorkspace> {
    const workspaces = new WorkspacesService(this.database)
    const workspace = await workspaces.create({
      codename,
      name: `Workspace ${codename}`,
      locale,
      timeZone: 'America/Lima',
    })
    const chatbot = await workspaces.addChatbot(workspace.id, { name: 'asistente', ownerUserId: 'user-1' })
    const owner = { ownerName: 'Ana Peña', ownerEmail: `owner-${codename}@example.com` }
    const keys = new KeysService(this.database)
    const { token } = await keys.issue(workspace.id, { kind: 'api_key', ...owner })
    const appToken = await keys.issue(workspace.id, { kind: 'app_token', ...owner })
    return { workspace, chatbot, key: token, appToken: appToken.token, owner: owner.ownerEmail }
  }

  async close(): Promise<void> {
    await this.database.close()
    await this.s3.close()
    await this.mailbox.close()
    await this.testDatabase.drop()
    await rm(this.folder, { recursive: true, force: true })
  }
}

export interface TestWorkspace {
  workspace: Workspace
  chatbot: Chatbot
  key: string
  appToken: string
  /** The key owner's address. */
  owner: string
}

/**
 * A Redis database per Jest process, so that files that run side by side do not share queues. What the test before left
 * there goes: a message, or a queue that is paused.
 */
async function redisDatabase(): Promise<string> {
  const url = new URL(process.env['TEST_REDIS_URL'] ?? '')
  url.port ||= '6379'
  url.pathname = `/${Number(process.env['JEST_WORKER_ID'] ?? 1) % 16}`
  const redis = new Redis(url.href)
  // Ours alone: the server may be one that was given.
  const left = await redis.keys('*leadferry*')
  if (left.length > 0) await redis.del(left)
  redis.disconnect()
  return url.href
}

/** An S3 server that can be down for a while and come back with its objects on the same port. */
async function restartableS3(dataDir: string) {
  const port = await freePort()
  let server = await startS3Server({ ...S3, dataDir, port })
  return {
    port,
    dataDir,
    close: () => server.close(),
    restart: async () => {
      server = await startS3Server({ ...S3, dataDir, port })
    },
  }
}
