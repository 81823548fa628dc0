import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ConversationEvent, IngestService } from '#leads'
import { KeysService, WorkspacesService } from '#tenancy'
import { cpuSeconds, familyCpuSeconds } from '../support/programs/usage.js'
import { type BenchProgram, hasEnded, startGateway, startWorker } from './programs.js'
import { atMost, count, type Section, table } from './report.js'
import { asSuperuser, type BenchStack } from './stack.js'

const BATCH = 1000
const WITHIN_MS = 1_800_000
const LOOK_EVERY_MS = 20

interface Tenant {
  workspaceId: string
  codename: string
  key: string
}

interface BuiltDay {
  files: number
  /** From the request to the commit that lists the files. */
  ms: number
}

/**
 * How long one worker takes for the daily archives of a day of many accounts with one message each, and how long the
 * day of another tenant waits that is asked for meanwhile.
 */
export async function benchDays(stack: BenchStack, { accounts }: { accounts: number }): Promise<Section> {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const large = await tenantWith(stack, day, accounts)
  const small = await tenantWith(stack, day, 1)
  // A worker of its own, so that no export and no day of another part of the benchmark is measured with it.
  const env = { ...stack.env, WORKER_QUEUES: 'archive', ARCHIVE_SETTLE_SECONDS: '0' }
  const gateway = await startGateway(env)
  const worker = startWorker(env)
  try {
    await untilIdle(stack, worker)
    const ask = (tenant: Tenant) => askFor(gateway.url, tenant, day)
    // Once before, so that no start of a program is measured.
    await built(stack, worker, await ask(small))
    const alone = await built(stack, worker, await ask(small))
    const before = [cpuSeconds(worker.pid), familyCpuSeconds(stack.postgresPid)] as const
    const asked = await ask(large)
    await underWay(stack, worker, asked)
    const beside = await built(stack, worker, await ask(small))
    const whole = await built(stack, worker, asked)
    const cpu = cpuSeconds(worker.pid) - before[0]
    const postgresCpu = familyCpuSeconds(stack.postgresPid) - before[1]
    return sectionOf(accounts, { alone, beside, whole, cpu, postgresCpu })
  } finally {
    await Promise.all([gateway.stop(), worker.stop()])
  }
}

/** A workspace whose accounts each have one message of a day. */
async function tenantWith(stack: BenchStack, day: string, accounts: number): Promise<Tenant> {
  const workspaces = new WorkspacesService(stack.database)
  const codename = `days-${randomBytes(4).toString('hex')}`
  const { id } = await workspaces.create({ codename, name: 'Bench', locale: 'en', timeZone: 'UTC' })
  await workspaces.addChatbot(id, { name: 'bench', ownerUserId: 'bench' })
  const owner = { ownerName: 'Bench', ownerEmail: 'bench@example.com' }
  const { token } = await new KeysService(stack.database).issue(id, { kind: 'api_key', ...owner })
  const ingest = new IngestService(stack.database)
  const events = Array.from({ length: accounts }, (_, n) => messageOn(n, `${day}T12:00:00Z`))
  for (let first = 0; first < accounts; first += BATCH)
    await ingest.ingest(id, events.slice(first, first + BATCH))
  await asSuperuser(stack, async (superuser) => {
    // The day is asked for here, when it is measured.
    await superuser.query('DELETE FROM late_days WHERE workspace_id = $1', [id])
    await superuser.query('VACUUM (ANALYZE) accounts, message_users, messages')
  })
  return { workspaceId: id, codename, key: token }
}

function messageOn(n: number, time: string): ConversationEvent {
  return {
    type: 'message',
    id: `event-${n}`,
    time,
    bot: 'bench',
    account: { platform: 'messenger', name: `Account ${n}` },
    user: { id: `user-${n}` },
    sender: 'user',
    text: 'Hola',
  }
}

interface AskedDay {
  tenant: Tenant
  day: string
}

async function askFor(url: string, tenant: Tenant, day: string): Promise<AskedDay> {
  const headers = { Authorization: `Bearer ${tenant.key}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ from: day, to: day })
  const answer = await fetch(`${url}/api/v1/${tenant.codename}/archive/build`, {
    method: 'POST',
    headers,
    body,
  })
  if (answer.status !== 202)
    throw new Error(`the build was answered ${answer.status}: ${await answer.text()}`)
  return { tenant, day }
}

/** What earlier parts of the benchmark left due is built first. */
const untilIdle = (stack: BenchStack, worker: BenchProgram): Promise<true> =>
  until(worker, async () => {
    const { rowCount } = await stack.database.system.query(
      `SELECT FROM archive_days WHERE state <> 'built' AND not_before <= clock_timestamp() LIMIT 1`,
    )
    return rowCount === 0 ? true : null
  })

const underWay = (stack: BenchStack, worker: BenchProgram, { tenant, day }: AskedDay): Promise<true> =>
  until(worker, async () => {
    const values = [tenant.workspaceId, day]
    const { rowCount } = await stack.database.system.query(
      `SELECT FROM archive_days WHERE workspace_id = $1 AND day = $2 AND state = 'building'`,
      values,
    )
    return rowCount === 1 ? true : null
  })

const built = (stack: BenchStack, worker: BenchProgram, { tenant, day }: AskedDay): Promise<BuiltDay> =>
  until(worker, async () => {
    const { rows } = await stack.database.system.query<BuiltDay>(
      `SELECT files, (1000 * extract(epoch FROM built_at - asked_at))::float8 AS ms FROM archive_days
       WHERE workspace_id = $1 AND day = $2 AND state = 'built' AND built_at > asked_at`,
      [tenant.workspaceId, day],
    )
    return rows[0] ?? null
  })

async function until<T>({ process }: BenchProgram, look: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + WITHIN_MS
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (hasEnded(process)) throw new Error('the worker has ended')
    if (performance.now() > deadline) throw new Error(`a day was not built within ${WITHIN_MS / 1000} s`)
    await sleep(LOOK_EVERY_MS)
  }
}

interface Found {
  alone: BuiltDay
  beside: BuiltDay
  whole: BuiltDay
  cpu: number
  postgresCpu: number
}

function sectionOf(accounts: number, { alone, beside, whole, cpu, postgresCpu }: Found): Section {
  const line = (what: string, { files, ms }: BuiltDay) => [what, count(files), count(ms)]
  const lines = [
    line(`a day of ${count(accounts)} accounts`, whole),
    line('another tenant’s day of one account, asked for meanwhile', beside),
    line('the same day with nothing else to build', alone),
  ]
  const perSecond = (1000 * whole.files) / whole.ms
  return {
    title: 'Daily archives',
    text: `How long one worker takes from the request for a day's archives to the commit that lists them, where each account has one
message of that day: two files each, of its message and of its message user. The worker made ${count(perSecond)} files a second, with
${cpu.toFixed(1)} s of its own CPU and ${postgresCpu.toFixed(1)} s of PostgreSQL's.

${table(['what', 'files', 'ms'], lines)}`,
    targets: [
      atMost(`daily archives of ${count(accounts)} accounts`, whole.ms, 60_000, 'ms'),
      atMost('another tenant’s day while they are built', beside.ms, 5000, 'ms'),
      atMost('a day of one account', alone.ms, 1000, 'ms'),
    ],
  }
}
