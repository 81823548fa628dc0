import type { IsoTime } from '#core'
import { type Collected, dataStamp, type InteractionEvent, type Stamp, stampOf } from './event.js'
import { firstByName } from './names.js'

/** When the parts of a record were told; kept beside it in `records.told`. */
export interface ToldRecord {
  /** Its first interaction, which says whose chatbot it is. */
  first: Stamp
  /** The furthest interaction: its position in the group's list when it came in, and its stamp. */
  last: { position: number; at: Stamp }
  /** By name, when data was first told, for their order, and last, for their value. */
  data: Record<string, { first: Stamp; at: Stamp }>
}

/** One pass of a message user through a funnel group. */
export interface RecordState {
  id: string
  chatbot_id: string
  /** Absent where the lead was deleted. */
  lead_id: string | null
  last: string
  extra_data: Collected[]
  told: ToldRecord
  created_at: IsoTime
  updated_at: IsoTime
}

/** Of an interaction, what a record takes note of. */
export interface Step extends Pick<InteractionEvent, 'id' | 'time' | 'interaction' | 'data'> {
  chatbotId: string
  /** Of the interaction in the group's list. */
  position: number
}

/** How passes are counted (the seed's doubleCounting and newAt). */
export interface CountingRule {
  doubleCounting: boolean
  /** Hours: with double counting, a longer gap between two interactions begins a new record. */
  newAt: number
}

/**
 * The records of one message user in one group after more interactions, which may come in any order and in any
 * number of steps. A record is all that counts of the interactions between its times, so these are not read again,
 * and a rule that has changed since divides nothing anew.
 *
 * @param before those that an interaction may belong to, or stand between
 * @param newId makes the id of a new record
 * @returns in the order of time; those of `before` that are missing were joined to others
 */
export function foldRecords(
  before: readonly RecordState[],
  steps: readonly Step[],
  rule: CountingRule,
  newId: (at: IsoTime) => string,
): RecordState[] {
  const records = [...before].sort((a, b) => (a.created_at < b.created_at ? -1 : 1))
  for (const step of steps) {
    const { from, count } = touched(records, step.time, rule)
    const joined = records.slice(from, from + count)
    const made = begin(step, newId)
    records.splice(
      from,
      count,
      joined.reduceRight((later, earlier) => join(earlier, later), made),
    )
  }
  return records
}

/** Where a time belongs: to which of the records beside it, or as one of its own (count 0) before which one. */
function touched(
  records: readonly RecordState[],
  time: IsoTime,
  rule: CountingRule,
): { from: number; count: number } {
  const next = records.findIndex(({ created_at }) => created_at > time)
  const following = next === -1 ? records.length : next
  const before = records[following - 1]
  const after = records[following]
  if (!rule.doubleCounting) {
    // More than one can only be of a time when the group was counted twice: those stay apart.
    return { from: Math.max(following - 1, 0), count: Math.min(records.length, 1) }
  }
  const near = (earlier: IsoTime, later: IsoTime) => microsOf(later) - microsOf(earlier) <= rule.newAt * HOUR
  const joinsBefore = before !== undefined && near(before.updated_at, time)
  // Two that are no longer a gap apart were so by another rule: they stay apart, and this one belongs to the first.
  const isDecided = joinsBefore && after !== undefined && near(before.updated_at, after.created_at)
  const joinsAfter = !isDecided && after !== undefined && near(time, after.created_at)
  return {
    from: joinsBefore ? following - 1 : following,
    count: Number(joinsBefore) + Number(joinsAfter),
  }
}

const HOUR = 3_600_000_000

/** Microseconds since 1970, which a double holds exactly. */
const microsOf = (time: IsoTime): number =>
  Date.parse(`${time.slice(0, 23)}Z`) * 1000 + Number(time.slice(23, 26))

function begin(step: Step, newId: (at: IsoTime) => string): RecordState {
  const at = stampOf(step)
  const data = new Map<string, { first: Stamp; at: Stamp; cxt: string }>()
  step.data.forEach(({ name, cxt }, index) => {
    const told = dataStamp(step, index)
    data.set(name, { first: data.get(name)?.first ?? told, at: told, cxt })
  })
  return withData(
    {
      id: newId(step.time),
      chatbot_id: step.chatbotId,
      lead_id: null,
      last: step.interaction,
      told: { first: at, last: { position: step.position, at }, data: {} },
      created_at: step.time,
      updated_at: step.time,
    },
    data,
  )
}

/** Makes one of two. It keeps the identity of `known`, which was there before. */
function join(known: RecordState, other: RecordState): RecordState {
  const first = known.told.first < other.told.first ? known : other
  const last = isFurther(known.told.last, other.told.last) ? known : other
  return withData(
    {
      id: known.id,
      chatbot_id: first.chatbot_id,
      lead_id: first.lead_id,
      last: last.last,
      told: { first: first.told.first, last: last.told.last, data: {} },
      created_at: known.created_at < other.created_at ? known.created_at : other.created_at,
      updated_at: known.updated_at > other.updated_at ? known.updated_at : other.updated_at,
    },
    joinData(dataOf(known), dataOf(other)),
  )
}

const isFurther = (a: ToldRecord['last'], b: ToldRecord['last']): boolean =>
  a.position === b.position ? a.at > b.at : a.position > b.position

type Data = Map<string, { first: Stamp; at: Stamp; cxt: string }>

function dataOf({ extra_data, told }: RecordState): Data {
  const stamps = new Map(Object.entries(told.data))
  return new Map(extra_data.map(({ name, cxt }) => [name, { first: '', at: '', ...stamps.get(name), cxt }]))
}

function joinData(a: Data, b: Data): Data {
  const joined = new Map(a)
  for (const [name, other] of b) {
    const known = joined.get(name)
    if (known === undefined) {
      joined.set(name, other)
      continue
    }
    const { at, cxt } = known.at > other.at ? known : other
    joined.set(name, { first: known.first < other.first ? known.first : other.first, at, cxt })
  }
  return joined
}

function withData(record: Omit<RecordState, 'extra_data'>, data: Data): RecordState {
  const names = new Set(firstByName([...data.keys()]))
  const kept = [...data]
    .filter(([name]) => names.has(name))
    .sort(([, a], [, b]) => (a.first < b.first ? -1 : 1))
  return {
    ...record,
    extra_data: kept.map(([name, { cxt }]) => ({ name, cxt })),
    told: {
      ...record.told,
      data: Object.fromEntries(kept.map(([name, { first, at }]) => [name, { first, at }])),
    },
  }
}
