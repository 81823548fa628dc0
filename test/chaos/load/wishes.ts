import type { Choices, Random } from '../../../tools/generate/prng.js'
import type { TenantName } from '../world/tenants.js'

/** An export that a client asks for. */
export interface ExportWish {
  atMs: number
  tenant: TenantName
  body: {
    dataset: 'leads' | 'records' | 'funnels' | 'messageUsers' | 'messages'
    format: 'csv' | 'json' | 'ndjson' | 'xlsx'
    gzip: boolean
  }
  /** Given when the client asks again because it was not answered, so that it gets one export and not two. */
  idempotencyKey: string
  /** Asked for at both gateways at once. */
  twice: boolean
  /** Cancelled so long after it was accepted. */
  cancelAfterMs: number | null
}

type Body = ExportWish['body']

/** Every other one is of leads. */
const everyDataset: Choices<Body['dataset']> = [
  'leads',
  'leads',
  'leads',
  'records',
  'funnels',
  'messageUsers',
  'messages',
]
const everyFormat: Choices<Body['format']> = ['csv', 'json', 'ndjson', 'xlsx']
/** A sheet of a large tenant takes a core for seconds: now and then. */
const fewSheets: Choices<Body['format']> = ['csv', 'csv', 'json', 'ndjson', 'ndjson', 'json', 'xlsx']

/** Two in six are big enough to be under way when something happens to it. */
const everyTenant: Choices<TenantName> = ['small', 'other', 'versions', 'versions', 'medium', 'large']

export function wish(atMs: number, random: Random, tenants = everyTenant): ExportWish {
  const tenant = random.pick(tenants)
  const hasConversations = tenant === 'small' || tenant === 'other'
  const dataset = hasConversations ? random.pick(everyDataset) : 'leads'
  const format = random.pick(tenant === 'large' || tenant === 'medium' ? fewSheets : everyFormat)
  return {
    atMs,
    tenant,
    body: { dataset, format, gzip: format !== 'xlsx' && random.chance(0.25) },
    idempotencyKey: random.hex(),
    twice: random.chance(0.1),
    cancelAfterMs: random.chance(0.1) ? random.between(0, 3000) : null,
  }
}
