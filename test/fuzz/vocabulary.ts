import * as fc from 'fast-check'
import { cursorsOf, Reference, type Whose } from './pools.js'

/** The pool that a parameter or field of a name takes its values from, in requests of an operation. */
const pools: Partial<Record<string, string>> = {
  chatbotId: 'chatbotId',
  agentId: 'chatbotId',
  account: 'account',
  accountId: 'account',
  bot: 'bot',
  funnel: 'funnel',
  funnelGroup: 'funnelGroup',
  messageUser: 'messageUser',
  codename: 'codename',
  leadId: 'leadId',
  id: 'id',
  prefix: 'prefix',
  recipient: 'recipient',
}

/** Of operations that want exports in a state in which few of the others are. */
const exportsFor: Partial<Record<string, string>> = {
  retryExport: 'failedExport',
  downloadExport: 'completedExport',
  revokeExportLink: 'completedExport',
}

const day = fc
  .date({ min: new Date('2025-06-01'), max: new Date('2027-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
/** A day of a quarter of 2025, so that a range from the first to the third has days that are over, and few enough. */
const dayOf = (quarter: 1 | 3) =>
  fc.nat(89).map((n) => new Date(Date.UTC(2025, 3 * (quarter - 1), 1 + n)).toISOString().slice(0, 10))
const timeZones = ['UTC', 'America/Lima', 'Asia/Kolkata', 'Pacific/Apia', 'Europe/Madrid']
const columns = [
  'id',
  'lead_id',
  'created_at',
  'name',
  'email',
  'metadata.utm_source',
  'metadata',
  '_id',
  'leadId',
]

/**
 * What a parameter or a field of this name holds, where its schema alone can't know: ids and names
 * stand in no schema, dates and time zones are told in its description only.
 */
export function meaningOf(
  operationId: string,
  name: string,
  whose: fc.Arbitrary<Whose>,
): fc.Arbitrary<unknown> | undefined {
  const from = (pool: string) =>
    fc.tuple(whose, fc.nat(2000)).map(([one, pick]) => new Reference(pool, one, pick))
  const ofEvents = operationId === 'createEvents' ? ofEvent(name, from) : undefined
  if (ofEvents !== undefined) return ofEvents
  const pool = (name === 'id' ? exportsFor[operationId] : undefined) ?? pools[name]
  if (pool !== undefined) return from(pool)
  switch (name) {
    case 'Idempotency-Key':
      return fc.oneof(from('idempotencyKey'), fc.uuid())
    case 'cursor':
      return fc.oneof(
        { weight: 3, arbitrary: from(cursorsOf(operationId)) },
        { weight: 1, arbitrary: from(cursorsOf('listLeads')) },
      )
    case 'name':
      // Of an archived file; elsewhere a lead's, which its schema describes.
      return operationId === 'getArchiveUrl' ? from('name') : undefined
    case 'email':
      // Looked for, not stored: what is stored of another's would be no leak when it is read again.
      return /^(create|update)/.test(operationId) ? undefined : from('email')
    case 'source':
      return /^(create|update)/.test(operationId) ? undefined : from('source')
    case 'startDate':
    case 'endDate':
      return fc.oneof(
        day.map((iso) => iso.slice(0, 10)),
        day,
      )
    case 'from':
      return dayOf(1)
    case 'to':
      return dayOf(3)
    case 'timeZone':
      return fc.constantFrom(...timeZones)
    case 'columns':
      return fc.uniqueArray(fc.constantFrom(...columns), { minLength: 1, maxLength: 4 })
    default:
      return undefined
  }
}

/** Few people, times and ids, so that events meet: the same record, the same lead, an id that has come before. */
function ofEvent(
  name: string,
  from: (pool: string) => fc.Arbitrary<Reference>,
): fc.Arbitrary<unknown> | undefined {
  switch (name) {
    case 'id':
      return fc.nat(400).map((n) => `evt-${n}`)
    case 'time':
      return fc.nat(500).map((hours) => new Date(Date.UTC(2026, 1, 1, hours)).toISOString())
    case 'account':
      return fc.oneof(
        from('account').map((id) => ({ id })),
        fc.constantFrom('Uno', 'Dos').map((account) => ({ platform: 'webchat', name: account })),
      )
    case 'user':
      return fc.record({ id: fc.constantFrom('ana', 'luis'), firstName: fc.string({ maxLength: 9 }) })
    case 'group':
      return from('funnelGroup')
    case 'interaction':
      return from('interaction')
    default:
      return undefined
  }
}
