import { setTimeout as sleep } from 'node:timers/promises'
import { cpus } from 'node:os'
import type { BenchWorkspace } from '../../tools/demo/fill-bench.js'
import { cases } from './exports/cases.js'
import { assertUnderWay, enqueue, remove } from './exports/run-export.js'
import { median } from './measure.js'
import { type BenchProgram, startWorker } from './programs.js'
import { count, type Section, table } from './report.js'
import type { BenchStack } from './stack.js'

const NUMBERS_OF_WORKERS = [1, 2, 4]
const csv = cases[0]!

/** So many files of so many leads. */
export interface Batch {
  workspace: BenchWorkspace
  rows: number
  exports: number
}

/** How many exports a second 1, 2 and 4 workers complete, each one at a time, until the cores are used. */
export async function benchWorkers(
  stack: BenchStack,
  batches: readonly Batch[],
  { runs }: { runs: number },
): Promise<Section> {
  const lines: (string | number)[][] = []
  for (const batch of batches) {
    await stack.database.system.query(
      'UPDATE workspaces SET max_running_exports = 50, max_waiting_exports = 1000 WHERE id = $1',
      [batch.workspace.workspaceId],
    )
    const seconds = new Map(NUMBERS_OF_WORKERS.map((number) => [number, [] as number[]]))
    for (let run = 0; run < runs; run++) {
      for (const number of NUMBERS_OF_WORKERS) {
        seconds.get(number)!.push(await complete(stack, batch, number))
        process.stderr.write(`workers, ${batch.rows} rows, run ${run + 1} of ${runs}: ${number} done\n`)
      }
    }
    lines.push(...linesOf(batch, seconds))
  }
  return {
    title: 'Workers beside each other',
    text: `csv files that were accepted before the workers begin (${batches.map(({ rows, exports }) => `${exports} of ${count(rows)} leads`).join(', ')}), by 1, 2 and 4 worker
processes that render one at a time, from the first claim to the last file registered; medians of ${runs} runs in turn. PostgreSQL
and the store are on the same ${cpus().length} cores, so one worker and its PostgreSQL are most of a core each already.

${table(['leads, workers', 'exports/s', 'rows/s', '× one'], lines)}`,
    targets: [],
  }
}

function linesOf({ rows, exports }: Batch, seconds: ReadonlyMap<number, number[]>): (string | number)[][] {
  const one = median(seconds.get(1)!)
  return [...seconds].map(([number, taken]) => {
    const time = median(taken)
    return [
      `${count(rows)}, ${number}`,
      (exports / time).toFixed(2),
      count((exports * rows) / time),
      (one / time).toFixed(2),
    ]
  })
}

/** @returns seconds */
async function complete(stack: BenchStack, { workspace, exports }: Batch, number: number): Promise<number> {
  const ids: string[] = []
  for (let n = 0; n < exports; n++) ids.push(await enqueue(stack, workspace, csv))
  const workers: BenchProgram[] = []
  try {
    for (let n = 0; n < number; n++) workers.push(startWorker({ ...stack.env, WORKER_CONCURRENCY: '1' }))
    for (;;) {
      const { rows } = await stack.database.system.query<{ left: number; failed: number; seconds: number }>(
        `SELECT count(*) FILTER (WHERE state <> 'completed')::int AS left,
           count(*) FILTER (WHERE state = 'failed')::int AS failed,
           extract(epoch FROM max(finished_at) - min(started_at))::float8 AS seconds
         FROM exports WHERE id = ANY ($1)`,
        [ids],
      )
      const { left, failed, seconds } = rows[0]!
      if (left === 0) return seconds
      assertUnderWay(failed, workers)
      await sleep(100)
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
    for (const id of ids) await remove(stack, id)
  }
}
