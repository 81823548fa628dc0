import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchWorkspace } from '../../../tools/demo/fill-bench.js'
import type { Proxy } from '../../support/proxy/proxy.js'
import type { Case } from '../exports/cases.js'
import type { BenchStack } from '../stack.js'
import { kindOf } from './cases.js'
import { allEnded, removeFiles } from './unfinished.js'

/** Exports of a unit that are small. */
export const SMALL_EXPORTS = 20
/** Every so many units an export is cancelled while it is written, and the store fails in another one. */
export const CANCEL_EVERY = 4
export const FAIL_EVERY = 10
/** More than the tries at three parts: the attempt is put off, and the export is rendered anew. */
const CUT_CONNECTIONS = 9
const CUT_AFTER_BYTES = 3_000_000
const REFUSE_MS = 1000

export interface WorkerLoadTarget {
  stack: BenchStack
  /** Of the gateway, without a slash. */
  url: string
  /** Between the worker and the store. */
  storage: Proxy
  large: BenchWorkspace
  small: BenchWorkspace
  /** @throws Error when the worker has ended */
  check: () => void
}

/** One unit of what a worker does in its life: a large export, small ones, now and then one that is cancelled and a store that fails. */
export async function workerUnit(target: WorkerLoadTarget, n: number): Promise<void> {
  const { stack, storage, large, small, check } = target
  const accepted = [await accept(target, large, kindOf(n))]
  for (let i = 0; i < SMALL_EXPORTS; i++) accepted.push(await accept(target, small, kindOf(n + i)))
  if (n % FAIL_EVERY === 3) storage.use({ how: 'cut', afterBytes: CUT_AFTER_BYTES, times: CUT_CONNECTIONS })
  if (n % FAIL_EVERY === 8) await refuseForAWhile(storage)
  if (n % CANCEL_EVERY === 1) accepted.push(await acceptAndCancel(target, kindOf(n)))
  await allEnded(stack, accepted, check)
  storage.use({ how: 'pass' })
  await removeFiles(stack, accepted)
}

async function refuseForAWhile(storage: Proxy): Promise<void> {
  storage.use({ how: 'refuse' })
  await sleep(REFUSE_MS)
  storage.use({ how: 'pass' })
}

async function acceptAndCancel(target: WorkerLoadTarget, kind: Case): Promise<string> {
  const { stack, large, check } = target
  const id = await accept(target, large, kind)
  for (;;) {
    check()
    const { rows } = await stack.database.system.query<{ state: string }>(
      'SELECT state FROM exports WHERE id = $1',
      [id],
    )
    if (rows[0]?.state !== 'queued') break
    await sleep(20)
  }
  // It has begun to send its parts by then.
  await sleep(300)
  const answer = await send(target, large, `/exports/${id}/cancel`)
  // 409: it was faster.
  if (answer.status !== 200 && answer.status !== 409) throw new Error(`cancel was answered ${answer.status}`)
  return id
}

export async function accept(
  target: Pick<WorkerLoadTarget, 'url'>,
  workspace: BenchWorkspace,
  { format, gzip }: Case,
): Promise<string> {
  const answer = await send(target, workspace, '/exports', {
    dataset: 'leads',
    format,
    ...(gzip && { gzip }),
  })
  if (answer.status !== 202) throw new Error(`an export was answered ${answer.status}: ${answer.text}`)
  return (JSON.parse(answer.text) as { id: string }).id
}

async function send(
  { url }: Pick<WorkerLoadTarget, 'url'>,
  { apiKey }: BenchWorkspace,
  path: string,
  body?: object,
): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const init = { method: 'POST', headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const answer = await fetch(`${url}/api/v1${path}`, init)
  return { status: answer.status, text: await answer.text() }
}
