import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from '../world/world.js'
import type { Clients } from './clients.js'

const BETWEEN_LEADS_MS = 700
const BETWEEN_VERSIONS_MS = 400

/** Does the work while leads come in and are changed. */
export async function whileWritten<T>(world: World, clients: Clients, work: () => Promise<T>): Promise<T> {
  const over = new AbortController()
  const writers = [addLeadsUntil(over.signal, world, clients), editVersionsUntil(over.signal, world)]
  try {
    return await work()
  } finally {
    over.abort()
    await Promise.all(writers)
  }
}

/** Leads come in while exports are rendered: those after an export was accepted are not in its file. */
async function addLeadsUntil(over: AbortSignal, world: World, clients: Clients): Promise<void> {
  for (let n = 0; !over.aborted; n++) {
    const tenant = world.tenants[n % 2]
    if (tenant === undefined) return
    const lead = { name: `New ${n}`, email: `new-${n}@people.example`, phone: `+5191${n}` }
    await clients.insist(tenant, 'POST', `/leads`, lead, `lead-${n}`)
    await sleep(BETWEEN_LEADS_MS)
  }
}

/** All leads of one workspace are changed at once, again and again: a file shows one version of all of them, or it is not of one moment. */
async function editVersionsUntil(over: AbortSignal, world: World): Promise<void> {
  const tenant = world.tenants.find(({ name }) => name === 'versions')
  for (let version = 1; !over.aborted; version++) {
    await world.superuser
      .query(
        `UPDATE leads SET metadata = metadata || jsonb_build_object('version', $2::int) WHERE workspace_id = $1`,
        [tenant?.id, version],
      )
      // The database may be down for a moment.
      .catch(() => undefined)
    await sleep(BETWEEN_VERSIONS_MS)
  }
}
