import { hours, minutes } from './calendar.js'
import type { ConversationEvent } from './event.js'
import type { Random } from './prng.js'
import { TimeQueue } from './time-queue.js'

export interface Disturbance {
  /** The share of events that come minutes to days after their time, as from a phone that was off. */
  late: number
  /** The share that comes a second time, within an hour, as from a sender that saw no answer. */
  duplicates: number
}

/** Events in the order in which they might come in. @param events in the order of time */
export function* disturbed(
  events: Iterable<ConversationEvent>,
  random: Random,
  { late, duplicates }: Disturbance,
): Generator<ConversationEvent, void> {
  const held = new TimeQueue<ConversationEvent>()
  for (const event of events) {
    const now = Date.parse(event.time)
    yield* until(held, now)
    if (random.chance(duplicates)) held.add(now + random.between(1_000, hours(1)), event)
    if (random.chance(late)) held.add(now + random.between(minutes(10), hours(72)), event)
    else yield event
  }
  yield* until(held, Infinity)
}

function* until(held: TimeQueue<ConversationEvent>, now: number): Generator<ConversationEvent, void> {
  for (let event; held.due < now && (event = held.take()) !== undefined;) yield event
}
