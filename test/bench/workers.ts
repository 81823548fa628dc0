import { setTimeout as sleep } from 'node:timers/promises'
import { cpus } from 'node:os'
import type { BenchWorkspace } from '../../tools/demo/fill-bench.js'
import { cases } from './exports/cases.js'
import { enqueue, remove } from './exports/run-export.js'
import { median } from './measure.js'
import { type BenchProgram, startWorker } from './programs.js'
import { count, type Section, table } from './report.js'
import type { BenchStack } from './stack.js'

const NUMBERS_OF_WORKERS = [1, 2, 4]
const csv = cases[0]!

/** How many exports a second 1, 2 and 4 workers complete, each one at a time, until the cores are used. */
export async function benchWorkers(
  stack: BenchStack,
  workspace: BenchWorkspace,
  { rows, exports, runs }: { rows: number; exports: number; runs: number },
): Promise<Section> {
  await stack.database.system.query(
    'UPDATE workspaces SET max_running_exports = 50, max_waiting_exports = 1000 WHERE id = $1',
    [workspace.workspaceId],
  )
  const seconds = new Map(NUMBERS_OF_WORKERS.map((number) => [number, [] as number[]]))
  for (let run = 0; run < runs; run++) {
    for (const number of NUMBERS_OF_WORKERS) {
      seconds.get(number)!.push(await complete(stack, workspace, { number, exports }))
      process.stderr.write(`workers, run ${run + 1} of ${runs}: ${number} done\n`)
    }
  }
  const one = median(seconds.get(1)!)
  const lines = [...seconds].map(([number, taken]) => {
    const time = median(taken)
    return [number, (exports / time).toFixed(2), count((exports * rows) / time), (one / time).toFixed(2)]
  })
  return {
    title: 'Workers beside each other',
    text: `${exports} csv files of ${count(rows)} leads, accepted before the workers begin, by 1, 2 and 4 worker processes that render one at a
time, from the first claim to the last file registered; medians of ${runs} runs in turn. PostgreSQL and the store are on the
same ${cpus().length} cores, so one worker and its PostgreSQL are most of a core each already.

${table(['workers', 'exports/s', 'rows/s', '× one'], lines)}`,
    targets: [],
  }
}

async function complete(
  stack: BenchStack,
  workspace: BenchWorkspace,
  { number, exports }: { number: number; exports: number },
): Promise<number> {
  const ids: string[] = []
  for (let n = 0; n < exports; n++) ids.push(await enqueue(stack, workspace, csv))
  const workers: BenchProgram[] = []
  try {
    for (let n = 0; n < number; n++) workers.push(startWorker({ ...stack.env, WORKER_CONCURRENCY: '1' }))
    for (;;) {
      const { rows } = await stack.database.system.query<{ left: number; seconds: number }>(
        `SELECT count(*) FILTER (WHERE state <> 'completed')::int AS left,
           extract(epoch FROM max(finished_at) - min(started_at))::float8 AS seconds
         FROM exports WHERE id = ANY ($1)`,
        [ids],
      )
      if (rows[0]!.left === 0) return rows[0]!.seconds
      await sleep(100)
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
    for (const id of ids) await remove(stack, id)
  }
}
