import type { DemoGroup, Field } from './catalog.js'
import { type Micros, minutes } from './clock.js'
import type { Random } from './prng.js'
import type { Collected } from './rows.js'

/** A step that a visitor reached. */
export interface Reached {
  at: Micros
  /** Its place in the group's list. */
  position: number
  interaction: string
  data: Collected[]
}

/** One go through a funnel group, as far as it went: in the order of time, never empty. */
export type Pass = [Reached, ...Reached[]]

/** Everything one visitor did in a group, in the order of time. */
export type Passes = [Pass, ...Pass[]]

export type Answers = Record<Field, string>

/** The goes of one visitor: most come once, some come back later than the group's `newAt`. All end before `end`. */
export function passesOf(
  random: Random,
  group: DemoGroup,
  answers: Answers,
  start: Micros,
  end: Micros,
): Passes {
  const passes: Passes = [onePass(random, group, answers, start)]
  for (let previous = passes[0]; random.chance(0.15);) {
    const away = minutes(group.newAt * 60) + minutes(random.between(1, 40 * 24 * 60))
    const next = onePass(random, group, answers, lastOf(previous).at + away)
    if (lastOf(next).at >= end) break
    passes.push(next)
    previous = next
  }
  return passes
}

function onePass(random: Random, group: DemoGroup, answers: Answers, start: Micros): Pass {
  const [first, ...more] = group.steps
  const pass: Pass = [{ at: start, position: 0, interaction: first.interaction, data: [] }]
  let goesOn = first.goesOn
  for (const { interaction, collects, goesOn: next } of more) {
    if (!random.chance(goesOn)) break
    const at = lastOf(pass).at + minutes(random.between(10, 480) / 60) + random.between(0, 999_999)
    const data = collects ? [{ name: collects.name, cxt: answers[collects.field] }] : []
    pass.push({ at, position: pass.length, interaction, data })
    goesOn = next
  }
  return pass
}

/**
 * What a record is made of: every pass its own where the group counts twice, all as one where it does not
 * (DESIGN section 3).
 */
export function recordPasses(group: DemoGroup, passes: Passes): Pass[] {
  if (group.doubleCounting) return passes
  const [[first, ...rest], ...others] = passes
  return [[first, ...rest, ...others.flat()]]
}

export const lastOf = (pass: Pass): Reached => pass.at(-1) ?? pass[0]

/** The furthest step, whenever it was. */
export const furthestOf = (pass: Pass): Reached =>
  pass.reduce((far, step) => (step.position > far.position ? step : far))

/** Everything collected: names in the order they first came, each with its latest value. */
export function collectedOf(pass: Pass): Collected[] {
  const latest = new Map(pass.flatMap(({ data }) => data).map(({ name, cxt }) => [name, cxt]))
  return [...latest].map(([name, cxt]) => ({ name, cxt }))
}
