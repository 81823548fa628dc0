import { setTimeout as sleep } from 'node:timers/promises'
import { type BenchWorkspace, fillBench } from '../../tools/demo/fill-bench.js'
import { cpuSeconds, familyCpuSeconds } from '../support/programs/usage.js'
import { type Case, cases } from './exports/cases.js'
import { assertUnderWay, forgetExports, runExport } from './exports/run-export.js'
import { requestRate, type Target } from './http-load.js'
import { type BenchProgram, startGateway, startWorker } from './programs.js'
import { count, type Section, table } from './report.js'
import { asSuperuser, type BenchStack, chatbotOf } from './stack.js'

const CONNECTIONS = 10
const SECONDS = 5
const WARM_UP_SECONDS = 3
/** Of the small exports that are accepted, and then rendered. */
const SMALL = 100

/** What one of something takes of a process of ours, and of PostgreSQL. */
interface Cost {
  what: string
  perSecond: number
  /** Microseconds of CPU. */
  ours: number
  postgres: number
}

/** CPU of one read, create, accept and export, in the process that does it and in PostgreSQL: what scaling is reckoned by. */
export async function benchCosts(stack: BenchStack, large: BenchWorkspace, rows: number): Promise<Section> {
  const small = await fillBench(stack.database, SMALL, stack.superuserUrl)
  await stack.database.system.query(
    'UPDATE workspaces SET max_running_exports = 50, max_waiting_exports = 1000000 WHERE id = $1',
    [small.workspaceId],
  )
  // What an earlier run left, expired or failed, would never be completed.
  await forgetExports(stack, small.workspaceId)
  const costs = [
    ...(await gatewayCosts(stack, large, small)),
    await smallExports(stack, small),
    await largeExport(stack, large, rows, cases[0]!),
    await largeExport(stack, large, rows, cases.at(-1)!),
  ]
  await forgetExports(stack, small.workspaceId)
  const lines = costs.map(({ what, perSecond, ours, postgres }) => [
    what,
    perSecond < 1 ? perSecond.toFixed(2) : count(perSecond),
    count(ours),
    count(postgres),
  ])
  return {
    title: 'What one of each costs',
    text: `Microseconds of CPU in the gateway or the worker, and in PostgreSQL (all of its processes), of one; and how many a second one process
did beside its client or store on the same cores. Requests by ${CONNECTIONS} connections for ${SECONDS} s, with auth, row-level security and the
rate limiter on; exports by one worker, from its start on, with verifying, registering and mailing.

${table(['what', 'a second', 'ours, µs', 'PostgreSQL, µs'], lines)}`,
    targets: [],
  }
}

async function gatewayCosts(
  stack: BenchStack,
  large: BenchWorkspace,
  small: BenchWorkspace,
): Promise<Cost[]> {
  const gateway = await startGateway(stack.env)
  try {
    const chatbot = await chatbotOf(stack, large.workspaceId)
    const smallChatbot = await chatbotOf(stack, small.workspaceId)
    const as = ({ apiKey }: BenchWorkspace) => ({
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
    })
    const api = `${gateway.url}/api/v1`
    const stamp = Date.now()
    let n = 0
    const lead = () =>
      `{"name":"Ana Peña","email":"cost-${stamp}-${n++}@example.com","metadata":{"company":"Acme"}}`
    const targets: [string, Target][] = [
      ['a page of 20 leads', { url: `${api}/get-leads?chatbotId=${chatbot}&size=20`, headers: as(large) }],
      ['a page of 100 leads', { url: `${api}/get-leads?chatbotId=${chatbot}&size=100`, headers: as(large) }],
      ['a lead created', { url: `${api}/chatbots/${smallChatbot}/leads`, headers: as(small), body: lead }],
      [
        'an export accepted',
        { url: `${api}/exports`, headers: as(small), body: () => '{"dataset":"leads","format":"csv"}' },
      ],
    ]
    const costs: Cost[] = []
    for (const [what, target] of targets) {
      await requestRate(target, { connections: CONNECTIONS, seconds: WARM_UP_SECONDS })
      costs.push(
        await costOf(what, stack, gateway, async () => {
          const began = performance.now()
          const rate = await requestRate(target, { connections: CONNECTIONS, seconds: SECONDS })
          return (rate * (performance.now() - began)) / 1000
        }),
      )
    }
    return costs
  } finally {
    await gateway.stop()
  }
}

/** Every one that was accepted, by one worker. The leads that were created meanwhile are deleted first. */
async function smallExports(stack: BenchStack, { workspaceId }: BenchWorkspace): Promise<Cost> {
  await keepLeads(stack, workspaceId)
  const look = async () => {
    const { rows } = await stack.database.system.query<{ left: number; failed: number }>(
      `SELECT count(*) FILTER (WHERE state <> 'completed')::int AS left,
         count(*) FILTER (WHERE state = 'failed')::int AS failed
       FROM exports WHERE workspace_id = $1`,
      [workspaceId],
    )
    return rows[0]!
  }
  const before = await look()
  const worker = startWorker(stack.env)
  try {
    return await costOf(`an export of ${SMALL} leads, csv`, stack, worker, async () => {
      for (;;) {
        const { left, failed } = await look()
        if (left === 0) return before.left
        assertUnderWay(failed, [worker])
        await sleep(100)
      }
    })
  } finally {
    await worker.stop()
  }
}

/** Leads of the creates are deleted, so that the small exports are what they are called. */
async function keepLeads(stack: BenchStack, workspaceId: string): Promise<void> {
  await asSuperuser(stack, (client) =>
    client.query(`DELETE FROM leads WHERE workspace_id = $1 AND email LIKE 'cost-%'`, [workspaceId]),
  )
}

async function largeExport(
  stack: BenchStack,
  workspace: BenchWorkspace,
  rows: number,
  file: Case,
): Promise<Cost> {
  // Once before, so that no disk is measured.
  await runExport(stack, workspace, file, rows)
  const before = familyCpuSeconds(stack.postgresPid)
  const { seconds, cpu } = await runExport(stack, workspace, file, rows)
  const postgres = familyCpuSeconds(stack.postgresPid) - before
  return {
    what: `an export of ${count(rows)} leads, ${file.label}`,
    perSecond: 1 / seconds,
    ours: cpu * 1e6,
    postgres: postgres * 1e6,
  }
}

/** @param work answers how many it did */
async function costOf(
  what: string,
  { postgresPid }: BenchStack,
  { pid }: BenchProgram,
  work: () => Promise<number>,
): Promise<Cost> {
  const [ours, postgres, began] = [cpuSeconds(pid), familyCpuSeconds(postgresPid), performance.now()]
  const done = await work()
  const perOne = (before: number, after: number) => (1e6 * (after - before)) / done
  process.stderr.write(`costs: ${what}: ${done.toFixed(0)} done\n`)
  return {
    what,
    perSecond: (1000 * done) / (performance.now() - began),
    ours: perOne(ours, cpuSeconds(pid)),
    postgres: perOne(postgres, familyCpuSeconds(postgresPid)),
  }
}
