import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { prepareDatabase } from '../../../tools/local-stack/database.js'
import { freePort } from '../../../tools/local-stack/ports.js'
import type { Backend } from '../../support/backend.js'
import { Member, type MemberName } from './fleet.js'
import { MessageHand } from './message-hand.js'
import { BUCKET, type Servers, startServers, STORE_KEYS } from './servers.js'
import { leadCounts, makeTenants, type Tenant } from './tenants.js'

export const gatewayNames = ['gateway-1', 'gateway-2'] as const
export const workerNames = ['worker-1', 'worker-2', 'worker-3'] as const

export const LEASE_SECONDS = 3
const DRAIN_SECONDS = 5
const passwords = { owner: 'chaos-owner-secret', app: 'chaos-app-secret', system: 'chaos-system-secret' }
const APP_SECRET = 'chaos-app-signing-secret-chaos-app-signing'
const ADMIN_TOKEN = 'chaos-admin-token-chaos-admin-token-chaos'

/** Everything that runs: servers, gateways, workers, and who asks them. */
export interface World {
  readonly backend: Backend
  readonly servers: Servers
  readonly members: ReadonlyMap<MemberName, Member>
  readonly gatewayUrls: readonly string[]
  readonly tenants: readonly Tenant[]
  /** Past row-level security, for looking on. It outlives restarts of the server; a query under one fails. */
  readonly superuser: pg.Pool
  readonly messages: MessageHand
  /** What no log may hold. */
  readonly secrets: readonly string[]
  /** The longest a program may take to end in order. */
  readonly graceMs: number
  stop(): Promise<void>
}

/** What is different from the product as it is shipped. */
export interface Tampering {
  /** Run by a superuser when the tables are there. */
  sql?: string
  /** Of gateways and workers. */
  env?: Record<string, string>
}

/** What a world has, beside its servers. */
export interface WorldShape {
  gateways: readonly MemberName[]
  workers: readonly MemberName[]
  /** How many leads each tenant begins with, by its name. */
  leads: Readonly<Record<string, number>>
  /** Of gateways and workers, before what a control changes. */
  env: Readonly<Record<string, string>>
  /** Behind a proxy, for faults, and part of this process; or apart, a process that takes no core from the product. */
  store: 'behind-proxy' | 'apart'
}

/** The world that faults strike: of everything more than one, and short times. */
const redundant: WorldShape = {
  gateways: gatewayNames,
  workers: workerNames,
  leads: leadCounts,
  env: {},
  store: 'behind-proxy',
}

export async function startWorld(
  backend: Backend,
  tampering: Tampering,
  shape: WorldShape = redundant,
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'leadferry-chaos-'))
  const servers = await startServers(folder, backend, shape.store === 'apart').catch(
    async (error: unknown) => {
      await rm(folder, { recursive: true, force: true })
      throw error
    },
  )
  const members = new Map<MemberName, Member>()
  const superuser = new pg.Pool({ connectionString: inDatabase(servers.postgres.running.url), max: 4 })
  superuser.on('error', () => undefined)
  let messages: MessageHand | undefined
  const stop = async () => {
    await Promise.all([...members.values()].map((member) => member.kill()))
    await messages?.close()
    await superuser.end()
    await servers.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const env = environment(servers, shape)
    await prepareDatabase(servers.postgres.running.url, env['MIGRATION_DATABASE_URL'] ?? '', passwords)
    if (tampering.sql !== undefined) await superuser.query(tampering.sql)
    const urls = await addMembers(members, shape, { ...env, ...shape.env, ...tampering.env })
    const tenants = await makeTenants({ ...env, PUBLIC_URL: urls[0] ?? '' }, shape.leads)
    messages = new MessageHand(env, superuser)
    await Promise.all([...members.values()].map((member) => member.start()))
    const secrets = [...Object.values(passwords), APP_SECRET, ADMIN_TOKEN, STORE_KEYS.secretAccessKey].concat(
      tenants.flatMap(({ key, appToken }) => [key, appToken]),
    )
    const graceMs = (DRAIN_SECONDS + 10) * 1000
    const parts = { backend, servers, members, gatewayUrls: urls, tenants, superuser, messages }
    return { ...parts, secrets, graceMs, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Short times: a lease that runs out, a store that says nothing, a worker that looks for what was lost. */
function environment(servers: Servers, { store }: WorldShape): Record<string, string> {
  const database = (role: keyof typeof passwords) =>
    `postgres://leadferry_${role}:${passwords[role]}@127.0.0.1:${servers.postgres.port}/leadferry`
  return {
    DATABASE_URL: database('app'),
    SYSTEM_DATABASE_URL: database('system'),
    MIGRATION_DATABASE_URL: database('owner'),
    ...(servers.redis === null ? {} : { QUEUE_URL: `redis://127.0.0.1:${servers.redis.port}/0` }),
    DATABASE_POOL: '6',
    S3_ENDPOINT: store === 'apart' ? servers.s3.url : servers.storage.via(servers.s3.url),
    S3_PUBLIC_ENDPOINT: servers.s3.url,
    S3_BUCKET: BUCKET,
    S3_ACCESS_KEY_ID: STORE_KEYS.accessKeyId,
    S3_SECRET_ACCESS_KEY: STORE_KEYS.secretAccessKey,
    S3_TIMEOUT_SECONDS: '3',
    SMTP_URL: servers.smtp.via(servers.mailbox.smtpUrl),
    SMTP_TIMEOUT_SECONDS: '3',
    APP_SECRET,
    ADMIN_TOKEN,
    RATE_LIMIT_PER_MINUTE: '0',
    EXPORT_LEASE_SECONDS: String(LEASE_SECONDS),
    EXPORT_MAX_SECONDS: '20',
    ARCHIVE_SETTLE_SECONDS: '2',
    SWEEP_SECONDS: '1',
    DRAIN_SECONDS: String(DRAIN_SECONDS),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
}

async function addMembers(
  members: Map<MemberName, Member>,
  { gateways, workers }: WorldShape,
  env: Record<string, string>,
): Promise<string[]> {
  const ports = await Promise.all(
    gateways.map(async () => ({ api: await freePort(), admin: await freePort() })),
  )
  const urls = ports.map(({ api }) => `http://127.0.0.1:${api}`)
  const common = { ...env, PUBLIC_URL: urls[0] ?? '' }
  gateways.forEach((name, n) => {
    const { api, admin } = ports[n] ?? { api: 0, admin: 0 }
    members.set(
      name,
      new Member(name, 'gateway', { ...common, PORT: String(api), ADMIN_PORT: String(admin) }),
    )
  })
  for (const name of workers) members.set(name, new Member(name, 'worker', common))
  return urls
}

function inDatabase(serverUrl: string): string {
  const url = new URL(serverUrl)
  url.pathname = '/leadferry'
  return url.href
}
