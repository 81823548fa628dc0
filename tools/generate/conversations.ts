import { createHash } from 'node:crypto'
import { Calendar, days } from './calendar.js'
import { type Journey, journeys, type Language } from './catalog.js'
import type { ConversationEvent } from './event.js'
import { type Choices, Random } from './prng.js'
import { TimeQueue } from './time-queue.js'
import { Visitor } from './visitor.js'

/** What to make. The same plan makes the same events, byte for byte. */
export interface Plan {
  /** A whole number of 32 bits. */
  seed: number
  /** How many events, or of how many people, each of whom becomes a lead. */
  size: { events: number } | { people: number }
  /** The period: so many days, to the millisecond before `end` (since 1970). */
  days: number
  end: number
  languages: readonly Language[]
}

/** So many may be in a conversation or away from one; while there are more, who goes does not come back. */
const MOST_AT_ONCE = 20_000
/** How many events a person makes, roughly: what the pace begins with. It weighs as much as so many people who came. */
const ROUGHLY_EACH = 11
const WEIGHT = 100

/** Conversations as events in the order of time; memory is flat, whatever the number. */
export function* conversations(plan: Plan): Generator<ConversationEvent, void> {
  const crowd = new TimeQueue<Visitor>()
  const people = new Arrivals(plan)
  let coming = people.next(0)
  let events = 0
  for (;;) {
    const visitor = coming !== undefined && coming.nextAt <= crowd.due ? coming : crowd.take()
    if (visitor === undefined) return
    if (visitor.isAway) events += visitor.begin(mostEvents(plan) - events, plan.end)
    if (visitor === coming) coming = people.next(events)
    const event = visitor.next()
    if (event !== undefined) yield event
    const stays = !visitor.isAway || crowd.size < MOST_AT_ONCE
    if (stays && visitor.nextAt < plan.end) crowd.add(visitor.nextAt, visitor)
  }
}

const mostEvents = ({ size }: Plan): number => ('events' in size ? size.events : Infinity)

/** People who come for the first time, in the order of time. */
class Arrivals {
  private readonly random: Random
  private readonly calendar: Calendar
  private readonly journeys: Choices<readonly [Journey, number]>
  private readonly name: string
  /** Another seed makes other people. */
  private readonly firstNumber: number
  private arrived = 0
  private share = 0

  constructor(private readonly plan: Plan) {
    this.random = new Random(plan.seed)
    this.firstNumber = this.random.between(0, 99_999_999)
    this.calendar = new Calendar(plan.end - days(plan.days), plan.end)
    this.journeys = journeysIn(plan.languages)
    // Another plan makes other events, so its ids are others: the same id must be the same event.
    this.name = `evt_${createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 10)}`
  }

  /** @param events how many there are of everyone up to now */
  next(events: number): Visitor | undefined {
    const left = this.peopleLeft(events)
    if (left <= 0) return undefined
    // Where the first of so many comes, all of whom come at random within the share of the period that is left.
    const step = 1 - (1 - this.random.next()) ** (1 / Math.max(1, left))
    this.share += (1 - this.share) * step
    const n = this.arrived++
    // Numbers one apart begin far apart, and no two begin at the same.
    const own = new Random(this.plan.seed ^ Math.imul(n + 1, 0x9e3779b1))
    const name = `${this.name}-${n.toString(36)}`
    const comesAt = this.calendar.at(this.share)
    return new Visitor(own, own.weighted(this.journeys), name, n, this.numberOf(n), comesAt)
  }

  /** Eight digits that look random, other ones for each of a hundred million: 48,271 and 10^8 share no factor. */
  private numberOf(n: number): string {
    return String((this.firstNumber + n * 48_271) % 1e8).padStart(8, '0')
  }

  private peopleLeft(events: number): number {
    const { size } = this.plan
    if ('people' in size) return size.people - this.arrived
    const each = (events + WEIGHT * ROUGHLY_EACH) / (this.arrived + WEIGHT)
    return (size.events - events) / each
  }
}

function journeysIn(languages: readonly Language[]): Choices<readonly [Journey, number]> {
  const [first, ...more] = journeys.filter(([{ language }]) => languages.includes(language))
  if (first === undefined) throw new Error(`no funnel speaks ${languages.join(' or ')}`)
  return [first, ...more]
}
