import { objectId } from '#core'
import type { DemoGroup } from './catalog.js'
import { isoTime, type Micros, minutes } from './clock.js'
import { collectedOf, furthestOf, lastOf, type Pass, type Passes, recordPasses } from './passes.js'
import type { Random } from './prng.js'
import type { InteractionRow, MessageRow, Participants, RecordRow } from './rows.js'
import { botLines, userLines } from './texts.js'

/** Where an interaction belongs. */
export interface Place {
  funnel_id: string
  funnel_group_id: string
}

export function interactionRows(
  random: Random,
  who: Participants,
  place: Place,
  passes: Passes,
): InteractionRow[] {
  return passes.flat().map(({ at, interaction, data }) => {
    return { ...who, ...place, ...happened(random, at), interaction, data }
  })
}

export function recordRows(
  random: Random,
  who: Participants,
  place: Place,
  group: DemoGroup,
  passes: Passes,
): RecordRow[] {
  return recordPasses(group, passes).map((pass: Pass) => ({
    ...who,
    ...place,
    id: objectIdAt(random, pass[0].at),
    last: furthestOf(pass).interaction,
    extra_data: collectedOf(pass),
    ...lifetime(pass[0].at, lastOf(pass).at),
  }))
}

/** A few lines back and forth. */
export function messageRows(random: Random, who: Participants, start: Micros): MessageRow[] {
  return Array.from({ length: random.between(2, 6) }, (_, n): MessageRow => {
    const at = start + minutes(n / 2) + random.between(0, 20_000_000)
    const sender = n % 2 === 0 ? 'user' : 'bot'
    const text = random.pick(sender === 'user' ? userLines : botLines)
    return { ...who, ...happened(random, at), sender, text }
  })
}

/** The demo's past came in as it happened. */
function happened(random: Random, at: Micros) {
  const time = isoTime(at)
  return { event_id: `evt_${random.hex()}`, occurred_at: time, ingested_at: time }
}

export function lifetime(created: Micros, updated: Micros) {
  const time = isoTime(created)
  return { created_at: time, updated_at: isoTime(updated), ingested_at: time }
}

export const objectIdAt = (random: Random, at: Micros): string => objectId(random.hex(), new Date(at / 1000))
