import autocannon from 'autocannon'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import type { BenchWorkspace } from '../../tools/demo/fill-bench.js'
import { compiled } from '../../tools/local-stack/project-root.js'
import { startGateway } from './gateway.js'
import { median } from './measure.js'
import type { BenchStack } from './stack.js'

const CONNECTIONS = 10
const SECONDS = 5

interface Target {
  url: string
  headers: Record<string, string>
}

/**
 * Requests a second of get-leads against the same list by raw http and pg, alternating: the first page, and a page
 * that a cursor leads to in the middle of all leads. Auth, row-level security and the rate limiter are on.
 * @returns a table
 */
export async function benchListReads(
  stack: BenchStack,
  { workspaceId, apiKey }: BenchWorkspace,
  { rows, runs }: { rows: number; runs: number },
): Promise<string[]> {
  const gateway = await startGateway(stack)
  const rawServer = fork(compiled('test/bench/raw-list.js'), [stack.superuserUrl, workspaceId])
  try {
    const [rawPort] = (await once(rawServer, 'message')) as [number]
    const chatbotId = await chatbotOf(stack, workspaceId)
    const headers = { Authorization: `Bearer ${apiKey}` }
    const ours = { url: `${gateway.url}/api/v1/get-leads?chatbotId=${chatbotId}`, headers }
    const depth = Math.min(500_000, rows / 2)
    const { cursor, after } = await placeAt(stack, ours, depth)
    const raw = { url: `http://127.0.0.1:${rawPort}/?chatbotId=${chatbotId}`, headers: {} }
    const cases = [20, 100].flatMap((size) => [
      {
        label: `first page of ${size}`,
        ours: { url: `${ours.url}&size=${size}`, headers },
        raw: { ...raw, url: `${raw.url}&size=${size}` },
      },
      {
        label: `page of ${size} at depth ${depth.toLocaleString('en')}`,
        ours: { url: `${ours.url}&size=${size}&cursor=${cursor}`, headers },
        raw: { ...raw, url: `${raw.url}&size=${size}&after=${encodeURIComponent(after)}` },
      },
    ])
    const lines = [
      `get-leads, ${CONNECTIONS} connections, ${runs} alternating runs of ${SECONDS} s, medians`,
      'auth, row-level security and rate limiter: on',
      '',
      `${'what'.padEnd(28)} ${'raw/s'.padStart(8)} ${'ours/s'.padStart(8)} ${'ratio'.padStart(7)}`,
    ]
    for (const { label, ...targets } of cases) {
      await assertSame(targets.raw, targets.ours)
      const samples = { raw: [] as number[], ours: [] as number[] }
      for (let run = -1; run < runs; run++) {
        for (const name of ['raw', 'ours'] as const) {
          const rate = await requestRate(targets[name], SECONDS)
          // The first is for warming up.
          if (run >= 0) samples[name].push(rate)
        }
      }
      const [theirs, ours] = [median(samples.raw), median(samples.ours)]
      lines.push(
        `${label.padEnd(28)} ${theirs.toFixed(0).padStart(8)} ${ours.toFixed(0).padStart(8)} ${(ours / theirs).toFixed(2).padStart(7)}`,
      )
      process.stdout.write(`reads: ${label} done\n`)
    }
    return lines
  } finally {
    rawServer.disconnect()
    await Promise.all([gateway.stop(), once(rawServer, 'exit')])
  }
}

async function requestRate({ url, headers }: Target, duration: number): Promise<number> {
  const result = await autocannon({ url, headers, duration, connections: CONNECTIONS })
  if (result.non2xx + result.errors + result.timeouts > 0)
    throw new Error(`${url} was not always answered by 200`)
  return result.requests.total / result.duration
}

interface ListAnswer {
  data: { lead_id: string }[]
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
  const hex = answer.data.at(-1)?.lead_id.slice('lead_'.length)
  if (cursor === null || hex === undefined) throw new Error(`there are fewer than ${depth} leads`)
  return { cursor, after: await positionOf(stack, hex) }
}

/** To the microsecond, which the API's times leave out. */
async function positionOf({ superuserUrl }: BenchStack, hex: string): Promise<string> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const sql = `SELECT created_at || '|' || id AS place FROM leads WHERE hex = $1`
    return (await client.query<{ place: string }>(sql, [hex])).rows[0]!.place
  } finally {
    await client.end()
  }
}

async function chatbotOf(stack: BenchStack, workspaceId: string): Promise<string> {
  const query = { name: 'bench-chatbot', text: 'SELECT id FROM chatbots WHERE is_default', values: [] }
  const [chatbot] = await stack.database.read<{ id: string }>(workspaceId, query)
  return chatbot!.id
}
