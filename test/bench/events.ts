import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { FunnelsService } from '#leads'
import { KeysService, WorkspacesService } from '#tenancy'
import { chatbots, groups } from '../../tools/generate/catalog.js'
import { conversations } from '../../tools/generate/conversations.js'
import { batches } from '../../tools/generate/send/batches.js'
import { written } from '../../tools/generate/send/post-batch.js'
import { cpuSeconds, familyCpuSeconds } from '../support/programs/usage.js'
import { median } from './measure.js'
import { startGateway } from './programs.js'
import { count, type Section, table } from './report.js'
import { asSuperuser, type BenchStack } from './stack.js'

/** Batches on their way at a time, from one client. */
const IN_FLIGHT = 4

/** What events become, in the order in which their rows refer to each other. */
export const tables = [
  'accounts',
  'message_users',
  'event_ids',
  'messages',
  'interactions',
  'leads',
  'records',
] as const

interface Sample {
  seconds: number
  /** CPU seconds of the gateway, and of PostgreSQL. */
  cpu: number
  postgresCpu: number
}

/**
 * Events a second through one gateway, in batches of 1,000, into a workspace of their own: new events of a generated
 * stream of 60 days in the order of time. Beside it a COPY of the rows that they became into the same tables, with
 * their indexes and foreign keys, which is as fast as PostgreSQL can take them.
 */
export async function benchEvents(
  stack: BenchStack,
  { events, runs }: { events: number; runs: number },
): Promise<Section> {
  const bodies = bodiesOf(events)
  const gateway = await startGateway(stack.env)
  const samples: Sample[] = []
  const copies: number[] = []
  let rows = 0
  try {
    await asSuperuser(stack, async (superuser) => {
      for (let run = -1; run < runs; run++) {
        const { workspaceId, key, codename } = await newEventsWorkspace(stack)
        const before = [cpuSeconds(gateway.pid), familyCpuSeconds(stack.postgresPid)] as const
        const seconds = await post(`${gateway.url}/api/v1/${codename}/events`, key, bodies, events)
        const cpu = cpuSeconds(gateway.pid) - before[0]
        const postgresCpu = familyCpuSeconds(stack.postgresPid) - before[1]
        const stored = await takeOut(superuser, workspaceId)
        rows = stored.reduce((sum, table) => sum + table.rows, 0)
        const copied = await copyIn(superuser, stored)
        // The first is for warming up.
        if (run >= 0) {
          samples.push({ seconds, cpu, postgresCpu })
          copies.push(copied)
        }
        process.stderr.write(`events: run ${run + 2} of ${runs + 1} done\n`)
      }
    })
  } finally {
    await gateway.stop()
  }
  const seconds = median(samples.map((sample) => sample.seconds))
  const copied = median(copies)
  const cpu = median(samples.map((sample) => sample.cpu))
  const postgresCpu = median(samples.map((sample) => sample.postgresCpu))
  const each = (seconds: number) => Math.round((seconds / events) * 1e6)
  const lines = [
    [`COPY of the ${count(rows)} rows they became`, copied.toFixed(1), count(events / copied), '1.00'],
    ['POST …/events (NDJSON)', seconds.toFixed(1), count(events / seconds), (seconds / copied).toFixed(2)],
  ]
  return {
    title: 'Events',
    text: `${count(events)} events of generated conversations of 60 days (\`tools/generate\`), posted as NDJSON to one gateway in the
order of time, in batches of 1,000, ${IN_FLIGHT} in flight, into a workspace of its own for each run; auth, row-level security and
rate limiter are on; medians of ${runs} runs. Beside it a COPY of the very rows that they became (${tables.join(', ')})
into the same tables, with their indexes and foreign keys: as fast as PostgreSQL can take them.

${table(['what', 'seconds', 'events/s', 'ratio'], lines)}

Of this the gateway's CPU was ${cpu.toFixed(1)} s, ${each(cpu)} µs an event, to read, check and fold it; PostgreSQL's was
${postgresCpu.toFixed(1)} s, ${each(postgresCpu)} µs an event.`,
    targets: [],
  }
}

/** Requests with so many events each, as NDJSON. They are written before the clock runs. */
export function bodiesOf(events: number, batchSize?: number): string[] {
  const end = Math.floor(Date.now() / 86_400_000) * 86_400_000
  const plan = { seed: 1, size: { events }, days: 60, end, languages: ['es', 'en'] as const }
  return [...batches(conversations(plan), batchSize)].map((batch) => written(batch, 'ndjson'))
}

/** A workspace with the chatbots and funnels that the generator's events name. */
export async function newEventsWorkspace({ database }: BenchStack) {
  const workspaces = new WorkspacesService(database)
  const codename = `events-${randomBytes(4).toString('hex')}`
  const workspace = await workspaces.create({
    codename,
    name: 'Bench',
    locale: 'en',
    timeZone: 'America/Lima',
  })
  for (const { name } of chatbots) await workspaces.addChatbot(workspace.id, { name, ownerUserId: 'bench' })
  const funnels = new FunnelsService(database)
  for (const { funnel, steps, name, doubleCounting, newAt } of groups) {
    const interactions = steps.map(({ interaction }) => interaction)
    await funnels.create(workspace.id, funnel, interactions, [{ name, doubleCounting, newAt, interactions }])
  }
  const owner = { ownerName: 'Bench', ownerEmail: 'bench@example.com' }
  const { token: key } = await new KeysService(database).issue(workspace.id, { kind: 'api_key', ...owner })
  return { workspaceId: workspace.id, codename, key }
}

/** @returns seconds until the last was answered */
async function post(url: string, key: string, bodies: readonly string[], events: number): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' }
  const queue = bodies.values()
  let accepted = 0
  const began = performance.now()
  const line = async () => {
    for (const body of queue) {
      const answer = await fetch(url, { method: 'POST', headers, body })
      if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
      accepted += ((await answer.json()) as { accepted: number }).accepted
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, line))
  const seconds = (performance.now() - began) / 1000
  if (accepted !== events) throw new Error(`${accepted} of ${events} events were accepted`)
  return seconds
}

interface Stored {
  table: string
  columns: string
  rows: number
  bytes: Buffer[]
}

/** Takes the rows of a workspace out of their tables, so that they can be put back. */
async function takeOut(client: pg.Client, workspaceId: string): Promise<Stored[]> {
  const stored: Stored[] = []
  for (const table of tables) {
    const columns = await columnsOf(client, table)
    const rows = `SELECT ${columns} FROM ${table} WHERE workspace_id = '${workspaceId}'`
    const bytes: Buffer[] = []
    const stream = client.query(copyTo(`COPY (${rows}) TO STDOUT (FORMAT binary)`))
    for await (const chunk of stream) bytes.push(chunk as Buffer)
    stored.push({ table, columns, rows: stream.rowCount, bytes })
  }
  for (const table of [...tables].reverse()) {
    await client.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [workspaceId])
  }
  await client.query(`VACUUM ${tables.join(', ')}`)
  return stored
}

/** Generated columns can't be put in. */
async function columnsOf(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
     FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  )
  return rows[0]?.columns ?? ''
}

/** @returns seconds */
async function copyIn(client: pg.Client, stored: readonly Stored[]): Promise<number> {
  const began = performance.now()
  await client.query('BEGIN')
  for (const { table, columns, bytes } of stored) {
    const stream = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN (FORMAT binary)`))
    await pipeline(Readable.from(bytes), stream)
  }
  await client.query('COMMIT')
  return (performance.now() - began) / 1000
}
