import type { Backend } from '../../support/backend.js'
import { tamperingFor } from '../controls/tampering.js'
import type { Guard } from '../controls/controls.js'
import type { Tenant } from '../world/tenants.js'
import { startWorld, type World } from '../world/world.js'
import { abuses, type AbuseName } from './abuses/abuses.js'
import type { Target } from './target.js'

const NEIGHBOUR = 'neighbour'
/** Enough that an export is larger than one part of a multipart upload, and a list has pages. */
const NEIGHBOUR_LEADS = 20_000

/** A small installation as it is shipped: what one process of a kind gives away is seen at once. */
const env = {
  DATABASE_POOL: '10',
  RATE_LIMIT_PER_MINUTE: '6000',
  DOWNLOADS: 'proxy',
  EXPORT_LEASE_SECONDS: '60',
  EXPORT_MAX_SECONDS: '3600',
  S3_TIMEOUT_SECONDS: '60',
}

const codenameOf = (abuse: AbuseName): string => `abuser-${abuse}`

export interface FairnessWorld {
  world: World
  neighbour: Tenant
  /** A workspace of its own for each abuse, so that none finds the limits of its key used up by another. */
  abusers: ReadonlyMap<AbuseName, Tenant>
  targetOf(tenant: Tenant): Target
}

/** One gateway and one worker, a neighbour, and a workspace for each abuse. */
export async function startFairnessWorld(
  backend: Backend,
  wanted: readonly AbuseName[],
  control: Guard | undefined,
): Promise<FairnessWorld> {
  const leads = Object.fromEntries([
    [NEIGHBOUR, NEIGHBOUR_LEADS],
    ...wanted.map((abuse) => [codenameOf(abuse), abuses[abuse].leads] as const),
  ])
  const shape = {
    gateways: ['gateway-1'],
    workers: ['worker-1'],
    leads,
    env,
    store: 'apart',
  } as const
  const world = await startWorld(backend, tamperingFor(control), shape)
  const tenant = (name: string) => {
    const found = world.tenants.find((one) => one.name === name)
    if (found === undefined) throw new Error(`there is no tenant ${name}`)
    return found
  }
  return {
    world,
    neighbour: tenant(NEIGHBOUR),
    abusers: new Map(wanted.map((abuse) => [abuse, tenant(codenameOf(abuse))])),
    targetOf: ({ name, chatbotId, key, appToken }) => ({
      url: world.gatewayUrls[0] ?? '',
      codename: name,
      chatbotId,
      key,
      appToken,
    }),
  }
}
