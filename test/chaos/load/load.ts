import { setTimeout as sleep } from 'node:timers/promises'
import type { AcceptedExport } from '../invariants/evidence.js'
import type { Tenant } from '../world/tenants.js'
import type { World } from '../world/world.js'
import type { Clients } from './clients.js'
import type { ExportWish } from './wishes.js'

/** Asks for every export of the plan at its time, and cancels some. Done when all were answered. */
export async function runLoad(
  world: World,
  wishes: readonly ExportWish[],
  clients: Clients,
): Promise<AcceptedExport[]> {
  const asking = wishes.map(async (wish) => {
    await sleep(wish.atMs)
    return askFor(wish, tenantOf(world, wish), clients)
  })
  return Promise.all(asking)
}

async function askFor(wish: ExportWish, tenant: Tenant, clients: Clients): Promise<AcceptedExport> {
  const ask = () => clients.insist(tenant, 'POST', '/exports', wish.body, wish.idempotencyKey)
  const answers = await Promise.all(wish.twice ? [ask(), ask()] : [ask()])
  const ids = new Set(
    answers.map(({ status, body }) => (status === 202 ? (body.id as string) : `status ${status}`)),
  )
  const [id = ''] = ids
  if (ids.size > 1 || !id.startsWith('exp_'))
    clients.complaints.push(
      `an export asked for by one Idempotency-Key was answered ${[...ids].join(' and ')}`,
    )
  const cancelled = wish.cancelAfterMs !== null && (await cancel(id, wish.cancelAfterMs, tenant, clients))
  return { id, workspace: tenant.name, ...wish.body, cancelled }
}

/** @returns whether the client was told that it is cancelled; it may have been too late */
async function cancel(id: string, afterMs: number, tenant: Tenant, clients: Clients): Promise<boolean> {
  await sleep(afterMs)
  const { status, body } = await clients.insist(tenant, 'POST', `/exports/${id}/cancel`)
  if (status !== 200 && status !== 409)
    clients.complaints.push(`cancelling ${id} was answered ${status}: ${JSON.stringify(body)}`)
  return status === 200
}

function tenantOf(world: World, { tenant }: ExportWish): Tenant {
  const found = world.tenants.find(({ name }) => name === tenant)
  if (found === undefined) throw new Error(`there is no tenant ${tenant}`)
  return found
}
