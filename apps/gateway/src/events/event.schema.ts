import { z } from 'zod'
import { timestamp } from '#leads'
import { platforms } from '#tenancy'
import { lineText, nameField, optionalName, requiredText, text } from '../http/fields.js'
import { eventsAnswerExample, newEventsExample } from './events.examples.js'

/** Events of one request. */
export const MAX_EVENTS = 1000
/** Bytes of one request: four thousand for each of its events. */
export const MAX_EVENT_BYTES = 4_000_000

/** Clocks of channels differ from ours, but not by more. */
const MAX_AHEAD_MS = 3_600_000
const EARLIEST = '2000-01-01T00:00:00.000000Z'

const timeField = z
  .string('Must be text')
  .transform((given, context) => {
    const time = timestamp(given)
    if (time === null) context.addIssue('Must be an ISO-8601 timestamp with an offset')
    else if (time < EARLIEST) context.addIssue('Must not be before the year 2000')
    else if (Date.parse(time) > Date.now() + MAX_AHEAD_MS) context.addIssue('Must not be in the future')
    else return time
    return z.NEVER
  })
  .meta({ description: 'When it happened: ISO-8601 with an offset, at most an hour ahead' })

const accountField = z
  .strictObject({
    id: requiredText(24).optional().describe('Of an account that there is; goes alone'),
    platform: z.enum(platforms, `Must be one of ${platforms.join(', ')}`).optional(),
    name: nameField(200).optional().describe('With platform: an account that is made when it is new'),
  })
  .transform(({ id, platform, name }, context) => {
    const wrong = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    if (id !== undefined) {
      if (platform === undefined && name === undefined) return { id }
      wrong('id', 'Goes alone, without platform and name')
    } else if (platform === undefined) wrong('platform', 'Is required where there is no id')
    else if (name === undefined) wrong('name', 'Is required with platform')
    else return { platform, name }
    return z.NEVER
  })

export const eventId = z
  .string('Must be text')
  .regex(/^[\x21-\x7e]{1,100}$/, 'Must have 1 to 100 visible ASCII characters')

const common = {
  id: eventId.describe('Counts once: the same id again is a duplicate, and changes nothing'),
  time: timeField,
  bot: requiredText(200).describe("The chatbot's name"),
  account: accountField.describe('The channel it came over'),
  user: z
    .strictObject({
      id: requiredText(200).describe("The person's id on the platform"),
      firstName: optionalName(200),
      lastName: optionalName(200),
    })
    .describe('Who it is about'),
}

const collected = z.strictObject({
  name: lineText(200).refine((name) => name !== '__proto__', 'Is not allowed as a name'),
  cxt: text(2000).describe('What was told'),
})

const messageEvent = z
  .strictObject({
    ...common,
    type: z.literal('message'),
    sender: z.enum(['user', 'bot'], 'Must be user or bot'),
    text: text(10_000)
      .nullish()
      .transform((given) => given ?? null)
      .describe('Absent where there is none, such as of a picture'),
  })
  .meta({ id: 'MessageEvent' })

const interactionEvent = z
  .strictObject({
    ...common,
    type: z.literal('interaction'),
    funnel: requiredText(200).describe('Name of a funnel'),
    group: requiredText(200).describe('Name of one of its groups'),
    interaction: requiredText(200).describe('One of the interactions of the group'),
    data: z
      .array(collected, 'Must be a list')
      .max(50, 'Must have at most 50 of them')
      .default([])
      .describe('What was told: a name, an email or a phone fills the lead, the rest is extra data'),
  })
  .meta({ id: 'InteractionEvent' })

export const conversationEvent = z.discriminatedUnion('type', [messageEvent, interactionEvent], {
  error: 'Must be message or interaction',
})

/** POST /api/v1/{codename}/events: as it is documented. Its events are checked one by one. */
export const newEvents = z
  .strictObject({ events: z.array(conversationEvent).min(1).max(MAX_EVENTS) })
  .meta({ id: 'NewEvents', examples: [newEventsExample] })

const eventOutcome = z
  .object({
    index: z.int().describe('Its place in the request, from 0'),
    id: z.string().nullable().describe('Its id; null where it has none that can be read'),
    status: z.enum(['accepted', 'duplicate', 'rejected']),
    error: z
      .object({
        field: z.string().nullable().describe('What of the event is wrong, e.g. user.id; null: all of it'),
        message: z.string(),
      })
      .optional()
      .describe('Of one that was rejected'),
  })
  .meta({ id: 'EventOutcome' })

export const eventsAnswer = z
  .object({
    accepted: z.int(),
    duplicates: z.int(),
    rejected: z.int(),
    events: z.array(eventOutcome).describe('One for each, in the order of the request'),
  })
  .meta({ id: 'EventsAnswer', examples: [eventsAnswerExample] })
export type EventsAnswer = z.output<typeof eventsAnswer>
export type EventOutcomeAnswer = z.output<typeof eventOutcome>
