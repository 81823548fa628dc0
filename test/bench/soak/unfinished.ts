import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchStack } from '../stack.js'

/** The exports that are still to end, of those given. One that waits for its next try after a fault is told not to. */
const HURRY = `
  WITH hurried AS (
    UPDATE exports SET not_before = clock_timestamp()
    WHERE id = ANY ($1) AND state = 'queued' AND not_before > clock_timestamp()
  )
  SELECT count(*) FILTER (WHERE state IN ('queued', 'running'))::int AS unfinished,
    count(*) FILTER (WHERE state = 'failed')::int AS failed
  FROM exports WHERE id = ANY ($1)`

/** Waits until none of the exports is queued or running. @param check called again and again meanwhile @throws Error when one failed */
export async function allEnded(
  { database }: BenchStack,
  ids: readonly string[],
  check: () => void | Promise<void>,
): Promise<void> {
  for (;;) {
    await check()
    const { rows } = await database.system.query<{ unfinished: number; failed: number }>(HURRY, [ids])
    const { unfinished = 0, failed = 0 } = rows[0] ?? {}
    if (failed > 0) throw new Error(`${failed} exports failed`)
    if (unfinished === 0) return
    await sleep(100)
  }
}

/** Removes the files of exports that are completed from the store, which is in memory. */
export async function removeFiles({ database, store }: BenchStack, ids: readonly string[]): Promise<void> {
  const { rows } = await database.system.query<{ key: string }>(
    'SELECT object_key AS key FROM exports WHERE id = ANY ($1) AND object_key IS NOT NULL',
    [ids],
  )
  await Promise.all(rows.map(({ key }) => store.delete(key)))
}
