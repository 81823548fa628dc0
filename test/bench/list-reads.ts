import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { BenchWorkspace } from '../../tools/demo/fill-bench.js'
import { programOf } from '../../tools/local-stack/programs.js'
import { compiled } from '../../tools/local-stack/project-root.js'
import { startGateway } from './programs.js'
import { requestRate, type Target } from './http-load.js'
import { cpuSeconds } from '../support/programs/usage.js'
import { median } from './measure.js'
import { atLeast, type Section, table } from './report.js'
import { asSuperuser, type BenchStack, chatbotOf } from './stack.js'

const CONNECTIONS = 10
/** A run is made of so many short turns of each side, so that what else the machine does meets both. */
const TURNS = 8
const TURN_SECONDS = 0.5
/** Turns that don't count: the engine goes on making code faster for thousands of requests, the more the more code it is. */
const WARM_UP_TURNS = 2 * TURNS

/** Requests a second of one list, by nothing but node:http and pg and by the gateway. */
interface ListRead {
  label: string
  /** Of so many leads. */
  size: number
  /** So many leads in, led to by a cursor; 0: the first page. */
  depth: number
  rawPerSecond: number
  oursPerSecond: number
  /** Ours to theirs, the median of each two turns in a row: the higher, the better. */
  ratio: number
  /** Microseconds of CPU that the server's own process spent on a request. */
  rawCpu: number
  oursCpu: number
}

interface Server {
  pid: number
  target: Target
}
interface Sample {
  rate: number
  /** Microseconds per request. */
  cpu: number
}

/**
 * Requests a second of get-leads and leads against the same list by raw http and pg, alternating: the first page, and a page
 * that a cursor leads to in the middle of all leads. Auth, row-level security and the rate limiter are on.
 */
export async function benchListReads(
  stack: BenchStack,
  { workspaceId, apiKey }: BenchWorkspace,
  { rows, runs }: { rows: number; runs: number },
): Promise<Section> {
  const gateway = await startGateway(stack.env)
  const rawServer = fork(compiled('test/bench/raw-list.js'), [stack.superuserUrl, workspaceId], {
    env: { ...process.env, ...programOf('gateway').env },
  })
  try {
    const [rawPort] = (await once(rawServer, 'message')) as [number]
    const chatbotId = await chatbotOf(stack, workspaceId)
    const headers = { Authorization: `Bearer ${apiKey}` }
    const depth = Math.min(500_000, rows / 2)
    const reads: ListRead[] = []
    for (const list of ['get-leads', 'leads']) {
      const ours = `${gateway.url}/api/v1/${list}?chatbotId=${chatbotId}`
      const raw = `http://127.0.0.1:${rawPort}/${list}?chatbotId=${chatbotId}`
      const { cursor, after } = await placeAt(stack, workspaceId, { url: ours, headers }, depth)
      const pages = [
        { size: 20, depth: 0, label: 'first page of 20', oursAt: '', rawAt: '' },
        ...[20, 100].map((size) => ({
          size,
          depth,
          label: `${size} at depth ${depth.toLocaleString('en')}`,
          oursAt: `&cursor=${cursor}`,
          rawAt: `&after=${encodeURIComponent(after)}`,
        })),
      ]
      for (const { size, depth, label, oursAt, rawAt } of pages) {
        const measured = await compare(
          { pid: rawServer.pid ?? 0, target: { url: `${raw}&size=${size}${rawAt}`, headers: {} } },
          { pid: gateway.pid, target: { url: `${ours}&size=${size}${oursAt}`, headers } },
          runs,
        )
        reads.push({ label: `${list}, ${label}`, size, depth, ...measured })
        process.stderr.write(`reads: ${list}, ${label}: ${measured.ratio.toFixed(2)}\n`)
      }
    }
    return sectionOf(reads, runs)
  } finally {
    rawServer.disconnect()
    await Promise.all([gateway.stop(), once(rawServer, 'exit')])
  }
}

function sectionOf(reads: readonly ListRead[], runs: number): Section {
  const lines = reads.map(({ label, rawPerSecond, oursPerSecond, ratio, rawCpu, oursCpu }) => [
    label,
    rawPerSecond.toFixed(0),
    oursPerSecond.toFixed(0),
    ratio.toFixed(2),
    rawCpu.toFixed(0),
    oursCpu.toFixed(0),
  ])
  return {
    title: 'List reads',
    text: `Requests a second of \`GET /get-leads\` and of \`GET /leads\`, whose leads are whole, against the same list by nothing but node:http and a prepared statement of pg
(\`test/bench/raw-list.ts\`), each in one process whose malloc keeps its memory (README), ${CONNECTIONS} connections, in turns of ${TURN_SECONDS} s; medians of ${runs * TURNS} pairs of them, of what
was measured and of the ratio of the two. Auth, row-level security and the rate limiter are on in ours; the other has none of them, reads no parameters but
its own, and checks nothing. Both answer the same leads, which is looked at first. CPU is the server process's, in
microseconds of a request.

${table(['what', 'raw/s', 'ours/s', 'ratio', 'raw CPU', 'ours CPU'], lines)}

What it took: [ADR 4](adr/0004-one-trip-reads-shared-transactions.md).`,
    targets: reads
      .filter(({ depth }) => depth > 0)
      .map(({ label, ratio }) => atLeast(`list read, ${label}, of raw http and pg`, ratio, 0.9)),
  }
}

/** @throws Error when the two answer other leads */
async function compare(
  raw: Server,
  ours: Server,
  runs: number,
): Promise<Omit<ListRead, 'label' | 'size' | 'depth'>> {
  await assertSame(raw.target, ours.target)
  const samples: { raw: Sample; ours: Sample }[] = []
  for (let turn = -WARM_UP_TURNS; turn < runs * TURNS; turn++) {
    const sample = { raw: await load(raw), ours: await load(ours) }
    if (turn >= 0) samples.push(sample)
  }
  return {
    rawPerSecond: median(samples.map(({ raw }) => raw.rate)),
    oursPerSecond: median(samples.map(({ ours }) => ours.rate)),
    ratio: median(samples.map(({ raw, ours }) => ours.rate / raw.rate)),
    rawCpu: median(samples.map(({ raw }) => raw.cpu)),
    oursCpu: median(samples.map(({ ours }) => ours.cpu)),
  }
}

async function load({ pid, target }: Server): Promise<Sample> {
  const before = cpuSeconds(pid)
  const rate = await requestRate(target, { connections: CONNECTIONS, seconds: TURN_SECONDS })
  return { rate, cpu: (1e6 * (cpuSeconds(pid) - before)) / (rate * TURN_SECONDS) }
}

interface ListAnswer {
  data: { lead_id?: string; id: string | number }[]
  pagination: { next: string | null }
}

async function answerOf({ url, headers }: Target): Promise<ListAnswer> {
  return (await (await fetch(url, { headers })).json()) as ListAnswer
}

/** Both answer the same leads, or the comparison is of nothing. */
async function assertSame(raw: Target, ours: Target): Promise<void> {
  const lists = [(await answerOf(raw)).data, (await answerOf(ours)).data].map((data) => JSON.stringify(data))
  if (lists[0] !== lists[1] || lists[0] === '[]') throw new Error('the two lists differ')
}

/** The place so many leads in, as a client gets there: by page numbers as far as they go, then by cursors. */
async function placeAt(
  stack: BenchStack,
  workspaceId: string,
  { url, headers }: Target,
  depth: number,
): Promise<{ cursor: string; after: string }> {
  const size = 100
  const page = Math.min(depth, 100_000) / size
  let answer = await answerOf({ url: `${url}&size=${size}&page=${page}`, headers })
  for (let read = page * size; read < depth; read += size) {
    answer = await answerOf({ url: `${url}&size=${size}&cursor=${answer.pagination.next}`, headers })
  }
  const { next: cursor } = answer.pagination
  const last = answer.data.at(-1)
  const hex = String(last?.lead_id ?? last?.id).slice('lead_'.length)
  if (cursor === null || last === undefined) throw new Error(`there are fewer than ${depth} leads`)
  return { cursor, after: await positionOf(stack, workspaceId, hex) }
}

/** To the microsecond, which the API's times leave out. */
async function positionOf(stack: BenchStack, workspaceId: string, hex: string): Promise<string> {
  const sql = `SELECT created_at || '|' || id AS place FROM leads WHERE workspace_id = $1 AND hex = $2`
  const { rows } = await asSuperuser(stack, (client) =>
    client.query<{ place: string }>(sql, [workspaceId, hex]),
  )
  return rows[0]!.place
}
