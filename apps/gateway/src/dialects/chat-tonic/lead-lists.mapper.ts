import { inMilliseconds } from '#core'
import type { FunnelRow, RecordRow } from '#leads'
import type { FunnelEntry, RecordEntry } from './lead-lists.schema.js'

/**
 * Funnels as an object by name, which keeps their order: no funnel's name is all digits, and those are
 * the only keys that an object would sort.
 */
export const funnelsByName = (funnels: readonly FunnelRow[]): Record<string, FunnelEntry> =>
  Object.fromEntries(funnels.map((funnel) => [funnel.name, funnelEntry(funnel)]))

const funnelEntry = ({ name: funnelId, interactions, groups }: FunnelRow): FunnelEntry => ({
  interactions,
  groups: groups.map(({ id, name, doubleCounting, newAt, interactions }) => ({
    doubleCounting,
    newAt,
    interactions,
    _id: id,
    funnelId,
    name,
  })),
})

/** A record as Chat-Tonic writes it. */
export const recordEntry = (record: RecordRow): RecordEntry => ({
  _id: record.id,
  app: record.app,
  account: record.account_id,
  interaction: { funnel: record.funnel, last: record.last, group: record.group },
  user: {
    // Written anew: jsonb keeps no order of keys.
    extraData: record.extra_data.map(({ name, cxt }) => ({ name, cxt })),
    messageUser: record.message_user_id,
    platform: record.platform,
    firstName: record.first_name,
    lastName: record.last_name,
  },
  createdAt: inMilliseconds(record.created_at),
  updatedAt: inMilliseconds(record.updated_at),
})
