import { setTimeout as sleep } from 'node:timers/promises'
import { LONGEST_LATE_MS } from './faults/storage.js'
import type { AcceptedExport } from './invariants/evidence.js'
import type { Clients } from './load/clients.js'
import type { World } from './world/world.js'

/** What has not moved for so long will not. */
const STUCK_MS = 45_000
const LOOK_EVERY_MS = 500
/** Every so manieth file is kept for no longer than it took. */
const EXPIRE_EVERY = 10

/** Waits until every export has ended and every mail is sent, tries what failed once more, and lets days pass. */
export async function settle(
  world: World,
  accepted: readonly AcceptedExport[],
  clients: Clients,
): Promise<void> {
  const faultsOverAt = Date.now()
  await backOffsPass(world)
  await untilStill(world)
  await retryFailed(world, accepted, clients)
  await backOffsPass(world)
  await untilStill(world)
  await filesExpire(world)
  await sleep(Math.max(0, faultsOverAt + LONGEST_LATE_MS - Date.now()))
  await uploadsAreForgotten(world)
}

/** Nobody waits any longer for what was put off. */
async function backOffsPass({ superuser }: World): Promise<void> {
  await superuser.query(`UPDATE exports SET not_before = clock_timestamp() WHERE state = 'queued'`)
  await superuser.query(`UPDATE mail_outbox SET not_before = clock_timestamp() WHERE state = 'queued'`)
}

const OPEN = `
  SELECT (SELECT count(*) FROM exports WHERE state IN ('queued', 'running'))::int AS exports,
    (SELECT count(*) FROM mail_outbox WHERE state IN ('queued', 'sending'))::int AS mails,
    (SELECT count(*) FROM archive_days WHERE state <> 'built')::int AS days,
    (SELECT string_agg(id || state || epoch, '' ORDER BY id) FROM exports)
      || (SELECT coalesce(string_agg(id || state || attempts, '' ORDER BY id), '') FROM mail_outbox)
      || (SELECT coalesce(string_agg(id || state || epoch, '' ORDER BY id), '') FROM archive_days) AS picture`

/** Until nothing is open, or nothing moves any more: what is open then is for the invariants to tell. */
async function untilStill({ superuser }: World): Promise<void> {
  let last = ''
  let movedAt = Date.now()
  while (Date.now() - movedAt < STUCK_MS) {
    const { rows } = await superuser.query<{ exports: number; mails: number; days: number; picture: string }>(
      OPEN,
    )
    const [now] = rows
    if (now === undefined || now.exports + now.mails + now.days === 0) return
    if (now.picture !== last) movedAt = Date.now()
    last = now.picture
    await sleep(LOOK_EVERY_MS)
  }
}

async function retryFailed(
  world: World,
  accepted: readonly AcceptedExport[],
  clients: Clients,
): Promise<void> {
  const { rows } = await world.superuser.query<{ id: string }>(
    `SELECT id FROM exports WHERE state = 'failed'`,
  )
  for (const { id } of rows) {
    const workspace = accepted.find((one) => one.id === id)?.workspace
    const tenant = world.tenants.find(({ name }) => name === workspace)
    if (tenant !== undefined) await clients.insist(tenant, 'POST', `/exports/${id}/retry`)
  }
}

async function filesExpire({ superuser }: World): Promise<void> {
  await superuser.query(
    `UPDATE exports SET expires_at = clock_timestamp() WHERE id IN (
       SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM exports WHERE state = 'completed') e WHERE n % $1 = 0)`,
    [EXPIRE_EVERY],
  )
  await untilNone(
    superuser,
    `SELECT FROM exports WHERE state = 'completed' AND expires_at <= clock_timestamp() LIMIT 1`,
  )
}

/** What an attempt left behind is looked at for two hours, in case something of it comes late. */
async function uploadsAreForgotten({ superuser }: World): Promise<void> {
  const deadline = Date.now() + STUCK_MS
  while (Date.now() < deadline) {
    // Again and again, because a janitor notes the time of each look.
    const { rowCount } = await superuser.query(
      `UPDATE upload_intents SET created_at = clock_timestamp() - interval '3 hours',
         not_before = clock_timestamp() - interval '1 hour', cleaned_at = clock_timestamp() - interval '1 hour'`,
    )
    if (rowCount === 0) return
    await sleep(LOOK_EVERY_MS)
  }
}

async function untilNone(superuser: World['superuser'], sql: string): Promise<void> {
  const deadline = Date.now() + STUCK_MS
  while (Date.now() < deadline) {
    if ((await superuser.query(sql)).rowCount === 0) return
    await sleep(LOOK_EVERY_MS)
  }
}
