import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#core'
import { compiled } from '../../tools/local-stack/project-root.js'
import { peakMemoryMb, type Sample } from './measure.js'

export interface ExportSample extends Sample {
  rows: number
  bytes: number
}

/**
 * One export by a fresh worker process, end to end: from the claim to the object verified in S3 and
 * registered, by the database's clock.
 * @param id an export that is queued already
 */
export async function runExport(
  database: Database,
  env: Record<string, string>,
  id: string,
): Promise<ExportSample> {
  const worker = spawn(process.execPath, [compiled('apps/worker/src/main.js')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = once(worker, 'exit')
  try {
    for (;;) {
      const { rows } = await database.system.query<{
        state: string
        seconds: number
        rows: string
        bytes: string
        reason: string
      }>(
        `SELECT state, extract(epoch FROM finished_at - started_at)::float8 AS seconds, rows_done AS rows, bytes, reason
         FROM exports WHERE id = $1`,
        [id],
      )
      const found = rows[0]
      if (found?.state === 'completed') {
        const peakMb = worker.pid === undefined ? undefined : peakMemoryMb(worker.pid)
        return { seconds: found.seconds, peakMb, rows: Number(found.rows), bytes: Number(found.bytes) }
      }
      if (found?.state === 'failed' || (found?.reason ?? null) !== null)
        throw new Error(`the export failed: ${found?.reason}`)
      if (worker.exitCode !== null) throw new Error('the worker has ended')
      await sleep(50)
    }
  } finally {
    worker.kill('SIGTERM')
    await exited
  }
}
