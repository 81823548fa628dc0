import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { batchRequest, message } from '../abuses/batch.js'
import { acceptedExport, fileUrl } from '../exported-file.js'
import type { Target } from '../target.js'

const DAY_MS = 86_400_000
const LOOK_AGAIN_MS = 50
const DOWNLOAD_MS = 10_000

/** What the neighbour asked for besides lists, and how long it waited, in milliseconds. */
export interface Errands {
  /** From its acceptance until a worker began it; null: none had when the time for it was over. */
  exportWaitMs: number | null
  /** From the event for a day that is over until the archive of the day was built; null: it was not when the time was over. */
  dayWaitMs: number | null
  /** What was refused or failed, a sentence each. */
  refusals: string[]
}

/**
 * Asks for an export and downloads it, and sends an event for a day that is over, so that its archive is due.
 * @param daysAgo a day that no other errand was about
 * @param patienceMs how long to wait for each
 */
export async function runErrands(
  target: Target,
  superuser: pg.Pool,
  daysAgo: number,
  patienceMs: number,
): Promise<Errands> {
  const refusals: string[] = []
  const until = Date.now() + patienceMs
  const noting = async (errand: Promise<number | null>) =>
    errand.catch((error: unknown) => {
      refusals.push(error instanceof Error ? error.message : String(error))
      return null
    })
  const [exportWaitMs, dayWaitMs] = await Promise.all([
    noting(waitForExport(target, superuser, until, refusals)),
    noting(waitForDay(target, superuser, daysAgo, until)),
  ])
  return { exportWaitMs, dayWaitMs, refusals }
}

async function waitForExport(
  target: Target,
  superuser: pg.Pool,
  until: number,
  refusals: string[],
): Promise<number | null> {
  const id = await acceptedExport(target, { dataset: 'leads', format: 'csv' })
  const look = async () => {
    const { rows } = await superuser.query<{ state: string; waited: number | null }>(
      `SELECT state, 1000 * extract(epoch FROM started_at - accepted_at)::float8 AS waited FROM exports WHERE id = $1`,
      [id],
    )
    return rows[0]
  }
  for (; Date.now() < until; await sleep(LOOK_AGAIN_MS)) {
    const row = await look()
    if (row?.state === 'failed') throw new Error('its export failed')
    if (row?.state !== 'completed') continue
    await download(target, id).catch((error: unknown) => refusals.push(String(error)))
    return row.waited
  }
  return (await look())?.waited ?? null
}

/** @throws Error when the file does not come whole in time */
async function download(target: Target, id: string): Promise<void> {
  const signal = AbortSignal.timeout(DOWNLOAD_MS)
  const answer = await fetch(await fileUrl(target, id), { signal })
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`the file of its export was answered ${answer.status}`)
}

async function waitForDay(
  target: Target,
  superuser: pg.Pool,
  daysAgo: number,
  until: number,
): Promise<number | null> {
  const time = new Date(Date.now() - daysAgo * DAY_MS)
  const event = message(`evt-${randomUUID()}`, { time, account: 'Página', user: 'person' })
  const { url, method, headers, body } = batchRequest(target, [event])
  const { status } = await fetch(url, { method, headers, body })
  if (status !== 200) throw new Error(`its event was answered ${status}`)
  const sent = Date.now()
  for (; Date.now() < until; await sleep(LOOK_AGAIN_MS)) {
    const { rowCount } = await superuser.query(
      `SELECT FROM archive_days d JOIN workspaces w ON w.id = d.workspace_id
       WHERE w.codename = $1 AND d.state = 'built' AND d.day = ($2::timestamptz AT TIME ZONE w.time_zone)::date`,
      [target.codename, time],
    )
    if (rowCount === 1) return Date.now() - sent
  }
  return null
}

/** The worst of several: the longest waits, and every refusal. */
export function worstErrands(all: readonly Errands[]): Errands {
  return {
    exportWaitMs: longest(all.map(({ exportWaitMs }) => exportWaitMs)),
    dayWaitMs: longest(all.map(({ dayWaitMs }) => dayWaitMs)),
    refusals: all.flatMap(({ refusals }) => refusals),
  }
}

function longest(waits: readonly (number | null)[]): number | null {
  const ended = waits.filter((wait) => wait !== null)
  return ended.length === waits.length ? Math.max(...ended) : null
}
