import type { CatalogStep, Field, Journey, Language } from './catalog.js'
import type { Collected } from './event.js'
import { nastyLines } from './nasty.js'
import type { Choices, Random } from './prng.js'
import { english } from './scripts/english.js'
import type { Script } from './scripts/script.js'
import { spanish } from './scripts/spanish.js'

const scripts: Record<Language, Script> = { es: spanish, en: english }

export type Answers = Record<Field, string>

/** One thing that happens in a visit: somebody says something, or a step of the funnel is reached. */
export type Moment = Said | Reached

export interface Said {
  /** Milliseconds since 1970, later than that of the moment before. */
  at: number
  sender: 'user' | 'bot'
  text: string
}

export interface Reached {
  at: number
  interaction: string
  data?: Collected[]
}

/**
 * One go through a funnel group, as far as this visitor goes: in the order of time, never empty.
 * @param before whether the visitor has been here before
 */
export function visit(
  random: Random,
  { group, language }: Journey,
  answers: Answers,
  start: number,
  before: boolean,
): Moment[] {
  const script = scripts[language]
  const talk = new Talk(random, start)
  const [first, ...more] = group.steps
  talk.user(before ? script.returns : (script.greetings[group.funnel] ?? script.returns))
  talk.reach(first, answers)
  talk.bot(script.welcomes)
  let goesOn = first.goesOn
  for (const step of more) {
    if (step.collects) talk.bot(script.questions[step.collects.field])
    if (random.chance(0.08)) {
      talk.user(random.chance(0.25) ? nastyLines : script.asides)
      talk.bot(script.puzzled)
    }
    if (!random.chance(goesOn)) {
      if (random.chance(0.3)) talk.user(script.leaving)
      return talk.moments
    }
    if (step.collects) talk.user(script.answers[step.collects.field], answers[step.collects.field])
    talk.reach(step, answers)
    goesOn = step.goesOn
  }
  talk.bot(script.done)
  if (random.chance(0.5)) talk.user(script.thanks)
  return talk.moments
}

/** Puts moments one after the other, with the time that typing and thinking take. */
class Talk {
  readonly moments: Moment[] = []

  constructor(
    private readonly random: Random,
    private at: number,
  ) {}

  user(lines: Choices<string>, told = ''): void {
    this.say('user', lines, told, this.random.between(4_000, 90_000))
  }

  bot(lines: Choices<string>): void {
    this.say('bot', lines, '', this.random.between(300, 2_500))
  }

  reach({ interaction, collects }: CatalogStep, answers: Answers): void {
    const data = collects ? [{ name: collects.name, cxt: answers[collects.field] }] : undefined
    this.moments.push({ at: this.after(this.random.between(50, 900)), interaction, data })
  }

  private say(sender: 'user' | 'bot', lines: Choices<string>, told: string, pause: number): void {
    // A function, because a `$` in what was told means nothing.
    const text = this.random.pick(lines).replace('{}', () => told)
    this.moments.push({ at: this.after(pause), sender, text })
  }

  /** The first moment comes at the start itself. */
  private after(pause: number): number {
    if (this.moments.length > 0) this.at += pause
    return this.at
  }
}
