import { z } from 'zod'
import { filterFields } from '../../exports/filter-fields.js'
import { cursorField, requiredText } from '../../http/fields.js'
import { limitField, skipField } from '../../http/skip.js'
import { funnelsExample, recordsExample } from './chat-tonic.examples.js'

const { account, accountId } = filterFields.records
const place = { skip: skipField, limit: limitField, cursor: cursorField }

/** What both answers have beside their list. */
const echo = {
  limit: z.int(),
  skip: z.int().describe('0 on a page that was reached by a cursor'),
}
const more = {
  hasMore: z.boolean(),
  next: z.string().nullable().describe('The cursor of the next page'),
}

export const funnelsQuery = z.object({ ...place, account, accountId })
export type FunnelsQuery = z.output<typeof funnelsQuery>

const funnelGroup = z
  .object({
    doubleCounting: z.boolean().describe('Whether who comes again later is a record of its own'),
    newAt: z.int().describe('Hours without an interaction after which one does'),
    interactions: z.array(z.string()),
    _id: z.string().describe('24 hex digits'),
    funnelId: z.string().describe("The funnel's name"),
    name: z.string(),
  })
  .meta({ id: 'FunnelGroup' })

const funnel = z
  .object({ interactions: z.array(z.string()), groups: z.array(funnelGroup) })
  .meta({ id: 'Funnel' })
export type FunnelEntry = z.output<typeof funnel>

export const funnelsAnswer = z
  .object({
    ...echo,
    funnels: z.record(z.string(), funnel).describe('By name, in the order of creation'),
    ...more,
  })
  .meta({ id: 'Funnels', examples: [funnelsExample] })
export type FunnelsAnswer = z.output<typeof funnelsAnswer>

export const recordsQuery = z.object({
  ...filterFields.records,
  funnel: requiredText(200).describe('Name of a funnel'),
  funnelGroup: requiredText(200).describe('Name of one of its groups'),
  ...place,
})
export type RecordsQuery = z.output<typeof recordsQuery>

const record = z
  .object({
    _id: z.string().describe('24 hex digits'),
    app: z.string().describe("The chatbot's 24 hex digits"),
    account: z.string(),
    interaction: z.object({
      funnel: z.string(),
      last: z.string().describe('The furthest interaction reached'),
      group: z.string(),
    }),
    user: z.object({
      extraData: z.array(z.object({ name: z.string(), cxt: z.string() })).describe('What the user told'),
      messageUser: z.string().describe('24 hex digits'),
      platform: z.string(),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
    }),
    createdAt: z.iso.datetime({ precision: 3 }),
    updatedAt: z.iso.datetime({ precision: 3 }),
  })
  .meta({ id: 'Record' })
export type RecordEntry = z.output<typeof record>

export const recordsAnswer = z
  .object({ ...echo, objects: z.array(record), ...more })
  .meta({ id: 'Records', examples: [recordsExample] })
export type RecordsAnswer = z.output<typeof recordsAnswer>
