import type { EntityManager } from 'typeorm'
import { AppError } from '#core'

/** Until the transaction ends no other export of the workspace comes to wait: what is found meanwhile stays true. */
export const waitInTurn = (entities: EntityManager, workspaceId: string): Promise<unknown> =>
  entities.query('SELECT wait_in_turn($1)', [workspaceId])

/**
 * A workspace keeps at most so many waiting: one that never stops asking must not fill the table.
 * @throws AppError 429 that says when to come back
 */
export async function assertRoom(entities: EntityManager, workspaceId: string): Promise<void> {
  const [answer]: { room: boolean }[] = await entities.query('SELECT room_to_wait($1) AS room', [workspaceId])
  if (answer?.room !== true) throw await tooManyWaiting(entities, workspaceId)
}

/** The refusal for want of room. */
export async function tooManyWaiting(entities: EntityManager, workspaceId: string): Promise<AppError> {
  const [pace]: { limit: number; seconds: number }[] = await entities.query(secondsToASlot, [workspaceId])
  const limit = pace?.limit
  return new AppError(
    'TOO_MANY_REQUESTS',
    { reason: 'too_many_waiting', limit, message: `${limit} exports are waiting, which is as many as may` },
    { 'Retry-After': String(pace?.seconds ?? MOST_SECONDS) },
  )
}

/** Nobody is told to stay away for longer. */
const MOST_SECONDS = 60

/**
 * When one of those that wait may begin to run: as long as the last few took, over how many run at once. Where few have
 * completed, no more than the newest hundred that do not wait are looked at. $1 workspace.
 * Index: exports_newest.
 */
const secondsToASlot = `
  SELECT least(${MOST_SECONDS}, greatest(1, ceil(coalesce(avg(took.seconds), 30) / max(took.running))))::int AS seconds,
    max(took.waiting) AS limit
  FROM (
    SELECT extract(epoch FROM e.finished_at - e.started_at) AS seconds, w.max_running_exports AS running,
      w.max_waiting_exports AS waiting
    FROM workspaces w LEFT JOIN LATERAL (
      SELECT finished_at, started_at FROM (
        SELECT state, accepted_at, finished_at, started_at FROM exports
        WHERE workspace_id = w.id AND state <> 'queued' ORDER BY accepted_at DESC LIMIT 100
      ) newest
      WHERE state = 'completed' ORDER BY accepted_at DESC LIMIT 5
    ) e ON true
    WHERE w.id = $1
  ) took`
