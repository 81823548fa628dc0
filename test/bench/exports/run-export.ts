import { setTimeout as sleep } from 'node:timers/promises'
import { newExportId } from '#core'
import { Export } from '#exports'
import type { BenchWorkspace } from '../../../tools/demo/fill-bench.js'
import { cpuSeconds, peakMemoryMb } from '../../support/programs/usage.js'
import type { Sample } from '../measure.js'
import { type BenchProgram, hasEnded, startWorker } from '../programs.js'
import { asSuperuser, type BenchStack } from '../stack.js'
import { type Case, columns } from './cases.js'

export interface ExportSample extends Required<Sample> {
  /** Of the file. */
  bytes: number
}

/** Nothing but exports: what else a worker does would be measured too where it happens to be due, such as a day's archive. */
const EXPORTS_ALONE = { WORKER_QUEUES: 'exports' }

/**
 * One export by a fresh worker process, end to end: from the claim to the object verified in S3 and registered, by
 * the database's clock. CPU and memory are those of the whole process, its start included. The file is removed.
 * @param rows how many there must be
 */
export async function runExport(
  stack: BenchStack,
  workspace: BenchWorkspace,
  file: Case,
  rows: number,
): Promise<ExportSample> {
  const id = await enqueue(stack, workspace, file)
  const worker = startWorker({ ...stack.env, ...EXPORTS_ALONE })
  try {
    for (;;) {
      const found = await lookUp(stack, id)
      if (found.state === 'completed') {
        const [peakMb, cpu] = [peakMemoryMb(worker.pid), cpuSeconds(worker.pid)]
        if (Number(found.rows) !== rows) throw new Error(`${file.label} has ${found.rows} rows, not ${rows}`)
        return { seconds: found.seconds, cpu, peakMb, bytes: Number(found.bytes) }
      }
      if (found.state === 'failed' || found.reason !== null)
        throw new Error(`the export failed: ${found.reason}`)
      if (hasEnded(worker.process)) throw new Error('the worker has ended')
      await sleep(50)
    }
  } finally {
    await worker.stop()
    await remove(stack, id)
  }
}

interface Found {
  state: string
  seconds: number
  rows: string
  bytes: string
  reason: string | null
  key: string | null
}

async function lookUp({ database }: BenchStack, id: string): Promise<Found> {
  const { rows } = await database.system.query<Found>(
    `SELECT state, extract(epoch FROM finished_at - started_at)::float8 AS seconds, rows_done AS rows, bytes, reason,
       object_key AS key
     FROM exports WHERE id = $1`,
    [id],
  )
  return rows[0]!
}

/** @throws Error where exports will never all be completed, however long they are waited for */
export function assertUnderWay(failed: number, workers: readonly BenchProgram[]): void {
  if (failed > 0) throw new Error(`${failed} exports failed`)
  if (workers.some(({ process }) => hasEnded(process))) throw new Error('a worker has ended')
}

/** The next run finds the disk as this one found it. */
export async function remove(stack: BenchStack, id: string): Promise<void> {
  const { key } = await lookUp(stack, id)
  if (key !== null) await stack.store.delete(key)
}

/** Thousands of them would slow down what is measured next. */
export async function forgetExports(stack: BenchStack, workspaceId: string): Promise<void> {
  await asSuperuser(stack, async (client) => {
    for (const table of ['mail_outbox', 'archive_files', 'exports'])
      await client.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [workspaceId])
  })
}

/** Written as the service would, without a gateway: the benchmark is of the worker. */
export async function enqueue(
  { database }: BenchStack,
  { workspaceId, apiKeyId }: BenchWorkspace,
  { format, gzip }: Case,
): Promise<string> {
  const id = newExportId()
  await database.tenantEntities(workspaceId, (entities) =>
    entities.insert(Export, {
      id,
      workspaceId,
      apiKeyId,
      dataset: 'leads',
      format,
      gzip,
      filter: {},
      options: {
        columns,
        timeZone: format === 'xlsx' ? 'America/Lima' : 'UTC',
        csv: { profile: 'machine', raw: false },
      },
      requestHash: id,
      recipientName: 'Bench',
      recipientEmail: 'bench@example.com',
      locale: 'en',
    }),
  )
  return id
}
