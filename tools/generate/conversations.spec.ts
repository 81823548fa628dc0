import { days, hours } from './calendar.js'
import { accounts, type CatalogGroup, groups } from './catalog.js'
import { conversations, type Plan } from './conversations.js'
import type { ConversationEvent, InteractionEvent } from './event.js'

const END = Date.UTC(2026, 1, 1)
const PEOPLE = 2_000
const plan: Plan = { seed: 7, size: { people: PEOPLE }, days: 60, end: END, languages: ['es', 'en'] }

const made = (more: Partial<Plan>): ConversationEvent[] => [...conversations({ ...plan, ...more })]

function perPerson(events: readonly ConversationEvent[]): ConversationEvent[][] {
  const byUser = new Map<string, ConversationEvent[]>()
  for (const event of events) {
    const person = `${event.account.name} ${event.user.id}`
    byUser.set(person, [...(byUser.get(person) ?? []), event])
  }
  return [...byUser.values()]
}

const isInteraction = (event: ConversationEvent): event is InteractionEvent => event.type === 'interaction'
const gapsIn = (events: readonly ConversationEvent[]) =>
  events.slice(1).map((event, i) => Date.parse(event.time) - Date.parse(events[i]!.time))

describe('conversations', () => {
  const events = made({})
  const people = perPerson(events)

  it('are the same for the same plan, and others for another seed, with other ids', () => {
    const few = { size: { people: 50 } }
    expect(made(few)).toEqual(made(few))
    const ids = new Set(made(few).map(({ id }) => id))
    const others = made({ ...few, seed: 8 })
    expect(others.filter(({ id }) => ids.has(id))).toEqual([])
    const persons = new Set(made(few).map(({ user }) => user.id))
    expect(others.filter(({ user }) => persons.has(user.id))).toEqual([])
  })

  it('are of as many people as asked for, in the order of time, within the period, which they fill', () => {
    expect(people).toHaveLength(PEOPLE)
    const times = events.map(({ time }) => time)
    expect(times).toEqual([...times].sort())
    expect(Date.parse(times[0]!)).toBeGreaterThanOrEqual(END - days(60))
    expect(Date.parse(times[0]!)).toBeLessThan(END - days(59))
    expect(Date.parse(times.at(-1)!)).toBeLessThan(END)
    expect(Date.parse(times.at(-1)!)).toBeGreaterThan(END - days(1))
  })

  it.each([1, 10, 1_000, 30_000])(
    'are %i events when so many are asked for, over the whole period',
    (count) => {
      const some = made({ size: { events: count } })
      expect(some).toHaveLength(count)
      if (count >= 1_000) expect(Date.parse(some.at(-1)!.time)).toBeGreaterThan(END - days(3))
    },
  )

  it('have ids that an endpoint takes, each once', () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    expect(events.filter(({ id }) => !/^evt_[\x21-\x7e]{1,96}$/.test(id))).toEqual([])
  })

  it('hold only text that PostgreSQL stores: no NUL, no half of a surrogate pair, nothing empty', () => {
    // JSON.stringify writes both as escapes.
    expect(events.filter((event) => /\\u(0000|d[89a-f])/.test(JSON.stringify(event)))).toEqual([])
    const texts = events.flatMap((event) => (event.type === 'message' ? [event.text] : []))
    expect(texts.filter((text) => text.trim() === '')).toEqual([])
    expect(texts.filter((text) => text.includes('{}'))).toEqual([])
  })

  it('are about the accounts, chatbots and funnels of the catalog', () => {
    const known = new Set(accounts.map(({ platform, name }) => `${platform} ${name}`))
    expect(new Set(events.map(({ account: { platform, name } }) => `${platform} ${name}`))).toEqual(known)
    for (const person of people) {
      expect(new Set(person.map(({ bot }) => bot)).size).toBe(1)
      expect(new Set(person.filter(isInteraction).map(({ group }) => group)).size).toBe(1)
    }
  })

  describe.each(groups.map((group) => [group.name, group] as const))('%s', (_, group) => {
    const visitors = people
      .map((person) => person.filter(isInteraction))
      .filter((person) => person[0]?.group === group.name)
    const steps = group.steps.map(({ interaction }) => interaction)

    it('loses people on every step, and keeps some to the end', () => {
      const reached = steps.map(
        (step) => visitors.filter((person) => person.some(({ interaction }) => interaction === step)).length,
      )
      expect(reached[0]).toBe(visitors.length)
      expect(reached).toEqual([...new Set(reached)].sort((a, b) => b - a))
      expect(reached.at(-1)).toBeGreaterThan(visitors.length / 10)
    })

    it('is gone through step by step, with what each collects', () => {
      for (const person of visitors) expect(wrongSteps(person, group)).toEqual([])
    })

    it('has people who come back within its hours and after them', () => {
      const gaps = visitors.flatMap(gapsIn)
      expect(gaps.some((gap) => gap > hours(group.newAt))).toBe(true)
      expect(gaps.some((gap) => gap > hours(1) && gap < hours(group.newAt))).toBe(true)
    })
  })

  it('have both sides speak, and what is collected was said just before', () => {
    for (const person of people) {
      expect(new Set(person.flatMap((event) => (event.type === 'message' ? [event.sender] : []))).size).toBe(
        2,
      )
      person.forEach((event, i) => {
        const before = person[i - 1]
        for (const { cxt } of isInteraction(event) ? (event.data ?? []) : []) {
          expect(before).toMatchObject({
            type: 'message',
            sender: 'user',
            text: expect.stringContaining(cxt),
          })
        }
      })
    }
  })

  it.each([
    ['es', ['Sacar Tarjeta', 'Préstamo "personal", web y chat'], /¿|tarjeta|préstamo|luego/, /your|Welcome/],
    ['en', ['Product demo'], /your|demo|Welcome/, /¿|tarjeta|luego/],
  ] as const)('in %s are in that language', (language, names, spoken, other) => {
    const some = made({ size: { people: 200 }, languages: [language] })
    expect(new Set(some.filter(isInteraction).map(({ group }) => group))).toEqual(new Set(names))
    const said = some.flatMap((event) =>
      event.type === 'message' && event.sender === 'bot' ? [event.text] : [],
    )
    expect(said.some((text) => spoken.test(text))).toBe(true)
    expect(said.filter((text) => other.test(text))).toEqual([])
  })

  it('include nasty names, phones and lines', () => {
    const text = JSON.stringify(events)
    for (const nasty of ['<script>alert(1)</script>', '=1+1', 'no tengo', '👨‍👩‍👧‍👦', '\\u000b']) {
      expect(text).toContain(nasty)
    }
  })
})

/** Steps that do not follow the one before, first ones apart, and such as collect something else than they should. */
function wrongSteps(person: readonly InteractionEvent[], { steps }: CatalogGroup): InteractionEvent[] {
  const positions = person.map(({ interaction }) =>
    steps.findIndex((step) => step.interaction === interaction),
  )
  return person.filter(({ data }, i) => {
    const position = positions[i]!
    const collects = steps[position]?.collects
    const follows = position === 0 || position === positions[i - 1]! + 1
    return !follows || (data ?? []).map(({ name }) => name).join() !== (collects?.name ?? '')
  })
}
