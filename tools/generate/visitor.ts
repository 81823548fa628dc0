import { hours, minutes } from './calendar.js'
import { type CatalogAccount, channels, type Journey, type Language } from './catalog.js'
import type { ConversationEvent, Profile } from './event.js'
import { email, type Person, person, phone } from './people.js'
import type { Random } from './prng.js'
import { type Answers, type Moment, visit } from './visit.js'

const COMES_BACK = 0.18
/** Of those who come back: within the group's `newAt`, so that they go on where they were. */
const SOON = 0.4
const LATEST_RETURN = hours(10 * 24)

/** A person who came for one thing by one account, and everything that comes of it. */
export class Visitor {
  /** What is still to happen of the visit that runs, the next one last. */
  private ahead: Moment[] = []
  private events = 0
  private visits = 0
  private readonly who: Pick<ConversationEvent, 'bot' | 'account' | 'user'>
  private readonly answers: Answers

  /**
   * @param random of this visitor alone, so that one is the same whatever others do
   * @param name what ids of events begin with
   * @param n ends the address, and makes it the only one
   * @param number eight digits, of this person alone
   * @param comesAt milliseconds since 1970
   */
  constructor(
    private readonly random: Random,
    private readonly journey: Journey,
    private readonly name: string,
    n: number,
    number: string,
    private comesAt: number,
  ) {
    const someone = person(random, journey.language)
    const account = random.weighted(channels)
    const user = profile(random, account, someone, journey.language, number)
    const { platform, name: accountName } = account
    this.who = { bot: journey.chatbot.name, account: { platform, name: accountName }, user }
    this.answers = answers(random, someone, n)
  }

  /** Whether a visit is still to begin. */
  get isAway(): boolean {
    return this.ahead.length === 0
  }

  /** When the next thing happens. */
  get nextAt(): number {
    return this.ahead.at(-1)?.at ?? this.comesAt
  }

  /**
   * Begins the visit that is due.
   * @param most so many events at most
   * @param end and none of them then or later
   * @returns how many events it has
   */
  begin(most: number, end: number): number {
    const before = this.visits++ > 0
    // Some changed their number in the meantime, or mistyped it the last time.
    if (before && this.random.chance(0.2)) this.answers.phone = phone(this.random, this.journey.language)
    const moments = visit(this.random, this.journey, this.answers, Math.floor(this.comesAt), before)
    this.comesAt = this.returnAfter(moments.at(-1)?.at ?? this.comesAt)
    this.ahead = moments
      .filter(({ at }) => at < end)
      .slice(0, most)
      .reverse()
    return this.ahead.length
  }

  /** What happens next in the visit that runs. */
  next(): ConversationEvent | undefined {
    const moment = this.ahead.pop()
    return moment && this.told(moment)
  }

  /** @returns Infinity for most, who do not come back */
  private returnAfter(last: number): number {
    if (!this.random.chance(COMES_BACK)) return Infinity
    const newAt = hours(this.journey.group.newAt)
    return this.random.chance(SOON)
      ? last + this.random.between(minutes(10), newAt - minutes(60))
      : last + this.random.between(newAt + minutes(1), LATEST_RETURN)
  }

  private told(moment: Moment): ConversationEvent {
    const id = `${this.name}-${this.events++}`
    const time = new Date(moment.at).toISOString()
    const { bot, account, user } = this.who
    if ('text' in moment) {
      const { sender, text } = moment
      return { type: 'message', id, time, bot, account, user, sender, text }
    }
    const { funnel, name: group } = this.journey.group
    const { interaction, data } = moment
    const reached = { type: 'interaction', id, time, bot, account, user, funnel, group, interaction } as const
    return data === undefined ? reached : { ...reached, data }
  }
}

function answers(random: Random, { name, phone, dni }: Person, n: number): Answers {
  // People at one desk share its address; events merge nothing.
  const address = random.chance(0.03) ? 'ventas@empresa.example' : email(random, name, n)
  return { name, phone, dni, email: address, income: String(random.between(9, 120) * 100) }
}

/** What the platform tells of a person: Messenger both names, WhatsApp what they call themselves, a web page nothing. */
function profile(
  random: Random,
  { platform }: CatalogAccount,
  { firstName, lastName, name }: Person,
  language: Language,
  number: string,
): Profile {
  switch (platform) {
    case 'messenger':
      return { id: random.digits(8) + number, firstName, lastName }
    case 'whatsapp':
      return { id: `${language === 'es' ? '519' : '155'}${number}`, firstName: oneLine(name) }
    case 'webchat':
      return { id: `web-${random.hex()}${number}` }
  }
}

/** A platform gives a name on one line, and the API refuses another; what a person types may have several. */
const oneLine = (name: string): string => name.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
