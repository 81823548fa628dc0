import type { BenchWorkspace } from '../../../tools/demo/fill-bench.js'
import { enqueue, forgetExports } from '../exports/run-export.js'
import { atMost, count, type Section, table } from '../report.js'
import type { BenchStack } from '../stack.js'
import { everyKind, kindOf } from './cases.js'
import { limitMemory } from './memory-limit.js'
import { allEnded, removeFiles } from './unfinished.js'
import { WatchedProgram } from './watched-program.js'

/** In which a worker renders as many exports at a time as WORKER_CONCURRENCY has by default. */
const LIMIT_MB = 320

/** Whether a worker as it is deployed, with its defaults, renders large files of every format within a limit of memory. */
export async function benchCeiling(
  stack: BenchStack,
  workspace: BenchWorkspace,
  { rows, files }: { rows: number; files: number },
): Promise<Section> {
  await stack.database.system.query('UPDATE workspaces SET max_running_exports = 50 WHERE id = $1', [
    workspace.workspaceId,
  ])
  await forgetExports(stack, workspace.workspaceId)
  const worker = WatchedProgram.start('worker', { ...stack.env, SWEEP_SECONDS: '1' })
  const limit = await limitMemory(worker, LIMIT_MB)
  let done = 0
  try {
    // So many at a time that the worker always has the next one, and the store, which is in memory, not all of them.
    for (let n = 0; n < files; n += everyKind.length) {
      const ids: string[] = []
      for (let i = n; i < Math.min(n + everyKind.length, files); i++)
        ids.push(await enqueue(stack, workspace, kindOf(i)))
      await allEnded(stack, ids, () => assertRunning(worker, done))
      await removeFiles(stack, ids)
      done += ids.length
      const most = (await limit.mostMb()).toFixed(0)
      process.stderr.write(`ceiling: ${done} of ${files} files, ${most} MB at most\n`)
    }
  } catch (error) {
    if (!worker.hasEnded) throw error
  } finally {
    if (!worker.hasEnded) await worker.stop()
  }
  const most = await limit.mostMb()
  await limit.end()
  await forgetExports(stack, workspace.workspaceId)
  return {
    title: `A worker under ${LIMIT_MB} MB`,
    text: `\`npm run bench -- --only ceiling\`: one worker with the default WORKER_CONCURRENCY renders ${count(files)} exports of ${count(rows)} leads, of each
format and gzip in turn. It is killed when it passes ${LIMIT_MB} MB; on this machine the limit is enforced by ${limit.how}.

${table(['files completed', 'of', 'most, MB', 'limit, MB', 'killed'], [[done, files, most.toFixed(0), LIMIT_MB, done < files ? '**yes**' : 'no']])}`,
    targets: [
      atMost(`a worker's memory over ${count(files)} large files`, most, LIMIT_MB, 'MB'),
      atMost('large files that a worker under the limit did not render', files - done, 0, ''),
    ],
  }
}

function assertRunning({ hasEnded }: WatchedProgram, done: number): void {
  if (hasEnded) throw new Error(`the worker ended after ${done} files`)
}
