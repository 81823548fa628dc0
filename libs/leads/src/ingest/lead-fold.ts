import type { IsoTime } from '#core'
import { type ContactField, contactField, contactValue } from './contact-fields.js'
import { type Collected, dataStamp, type InteractionEvent, type Stamp, stampOf, timeOf } from './event.js'
import { MAX_NAMES } from './names.js'

/** What events, and people who patched it, told of a lead and when; kept beside it in `leads.told`. */
export interface ToldLead {
  /** What each field was last said to be. */
  fields?: Partial<Record<ContactField, { at: Stamp; value: string | null }>>
  /** When each name of the metadata was last told. */
  metadata?: Record<string, Stamp>
  /** When the metadata was replaced by hand: what was told before is gone. */
  replaced?: Stamp
  /** The latest of all that told something. */
  latest?: Stamp
}

/** What is known of the lead of one message user and one chatbot. */
export interface LeadState {
  name: string | null
  email: string | null
  phone: string | null
  metadata: Record<string, unknown>
  told: ToldLead
  created_at: IsoTime
  updated_at: IsoTime
}

/** When a lead was last told something; null when it never was. */
export const toldAt = ({ latest }: ToldLead): IsoTime | null => (latest === undefined ? null : timeOf(latest))

/** Of an event, what a lead takes note of. */
export type ToldEvent = Pick<InteractionEvent, 'id' | 'time' | 'data'>

/**
 * A lead after more events, which may come in any order and in any number of steps: each field is the latest by
 * (event time, event id).
 *
 * @param before absent for a lead that the events make, and then there is at least one
 * @param profileName what the platform calls the person: the lead's name as long as nobody told one
 */
export function foldLead(
  before: LeadState | undefined,
  events: readonly ToldEvent[],
  profileName: string | null,
): LeadState {
  const { fields: known = {}, metadata: stamps = {}, replaced = '', latest = '' } = before?.told ?? {}
  const fields = { ...known }
  const told = new Map(Object.entries(stamps))
  const values = new Map(Object.entries(before?.metadata ?? {}))
  let last = latest
  for (const event of events) {
    if (event.data.length > 0 && stampOf(event) > last) last = stampOf(event)
    event.data.forEach((collected, index) => {
      const at = dataStamp(event, index)
      const field = contactField(collected.name)
      if (field !== null) tellField(fields, field, { at, value: collected.cxt })
      else if (at > replaced && at > (told.get(collected.name) ?? '')) remember(told, values, collected, at)
    })
  }
  const created = earliest([...events.map(({ time }) => time), ...(before ? [before.created_at] : [])])
  return {
    name: nameOf(fields, profileName),
    email: fields.email?.value ?? null,
    phone: fields.phone?.value ?? null,
    metadata: Object.fromEntries(values),
    told: {
      ...(Object.keys(fields).length > 0 && { fields }),
      ...(told.size > 0 && { metadata: Object.fromEntries(told) }),
      ...(replaced !== '' && { replaced }),
      ...(last !== '' && { latest: last }),
    },
    created_at: created,
    updated_at: last === '' || timeOf(last) < created ? created : timeOf(last),
  }
}

/** What is known of a lead after someone patched it by hand: that counts as told now, and after all that was told before. */
export function patchTold(
  before: ToldLead,
  patch: { name?: string | null; email?: string | null; phone?: string | null; metadata?: object },
  now: IsoTime,
): ToldLead {
  const { latest = '' } = before
  const at = latest > now ? `${latest} ~` : `${now} `
  const fields: Fields = { ...before.fields }
  if (patch.name !== undefined) {
    fields.name = { at, value: patch.name }
    // The patched name is whole.
    fields.lastName = { at, value: null }
  }
  if (patch.email !== undefined) fields.email = { at, value: patch.email }
  if (patch.phone !== undefined) fields.phone = { at, value: patch.phone }
  const replaced = patch.metadata === undefined ? {} : { metadata: {}, replaced: at }
  return { ...before, fields, ...replaced, latest: at }
}

type Fields = NonNullable<ToldLead['fields']>

function tellField(fields: Fields, field: ContactField, { at, value }: { at: Stamp; value: string }): void {
  const kept = contactValue(field, value)
  if (kept !== null && at > (fields[field]?.at ?? '')) fields[field] = { at, value: kept }
}

/** Of too many names those that come last by the alphabet go: the same ones in whatever order they came. */
function remember(
  told: Map<string, Stamp>,
  values: Map<string, unknown>,
  { name, cxt }: Collected,
  at: Stamp,
): void {
  if (!told.has(name) && told.size >= MAX_NAMES) {
    const last = [...told.keys()].reduce((a, b) => (b > a ? b : a))
    if (name > last) return
    told.delete(last)
    values.delete(last)
  }
  told.set(name, at)
  values.set(name, cxt)
}

function nameOf({ name, lastName }: Fields, profileName: string | null): string | null {
  if (!name?.value) return profileName ?? lastName?.value ?? null
  if (!lastName?.value || name.value.toLowerCase().endsWith(lastName.value.toLowerCase())) return name.value
  return `${name.value} ${lastName.value}`
}

/** ISO times of one length sort as text. */
const earliest = (times: readonly IsoTime[]): IsoTime => times.reduce((a, b) => (b < a ? b : a))
