import * as fc from 'fast-check'
import type pg from 'pg'
import { TestContext } from '../../../../test/support/context.js'
import { addConversations } from '../../../../test/support/samples/conversations.js'
import { addLeads, nasty } from '../../../../test/support/samples/leads.js'
import { addRecords } from '../../../../test/support/samples/records.js'
import { bound, conditionsOf, type Dataset, type DatasetFilter, datasets } from '../filter.js'
import { FunnelsService } from '../funnels.service.js'
import { datasetQuery, definitions } from './query.js'

/** What a SELECT's rows are told apart by. */
const identities: Record<Dataset, string> = {
  leads: 'lead_id',
  records: '_id',
  funnels: 'id',
  messageUsers: 'id',
  messages: 'id',
}

describe('a filter printed as parameters for lists and as literals for COPY', () => {
  let context: TestContext
  let workspaceId: string
  let known: { [field in keyof DatasetFilter]: string[] }

  beforeAll(async () => {
    context = await TestContext.create()
    const { workspace, chatbot } = await context.workspace('demo')
    workspaceId = workspace.id
    const { database } = context
    await addLeads(database, workspaceId, chatbot.id, 60)
    const group = { name: 'g', doubleCounting: true, newAt: 24, interactions: ['A'] }
    const funnels = new FunnelsService(database)
    const { id: funnelId } = await funnels.create(workspaceId, 'f', ['A'], [group])
    const funnelGroupId = await funnels.groupId(workspaceId, 'f', 'g')
    const query = { name: 'account', text: 'SELECT id FROM accounts', values: [] }
    const [account] = await database.read<{ id: string }>(workspaceId, query)
    const place = { chatbotId: chatbot.id, accountId: account!.id, funnelId, funnelGroupId, count: 60 }
    await addRecords(database, workspaceId, place)
    const users = await addConversations(database, workspaceId, place)
    await context.testDatabase.superuser.query(
      `UPDATE leads SET source = ($1::text[])[1 + id % array_length($1::text[], 1)]`,
      [nasty],
    )
    known = {
      chatbotId: [chatbot.id],
      accountId: [account!.id],
      messageUserId: users,
      funnelGroupId: [funnelGroupId],
      status: ['new'],
      source: nasty,
      emailLower: ['p1@example.com', 'p2@example.com'],
    }
  }, 60_000)
  afterAll(() => context.close())

  const time = fc.oneof(
    fc
      .date({ min: new Date('2026-01-01'), max: new Date('2026-04-01'), noInvalidDate: true })
      .map((date) => date.toISOString().replace('Z', '123Z')),
    fc.constant('2100-01-01T00:00:00.000000Z'),
  )
  /** Anything that PostgreSQL holds, beside what there is. */
  const anyText = fc
    .string({ unit: 'binary' })
    .filter((text) => !text.includes('\0') && Buffer.from(text).toString() === text)

  const valueOf = (field: keyof DatasetFilter): fc.Arbitrary<string> => {
    const values = known[field]
    if (values === undefined) return time
    return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: anyText })
  }

  /** A filter by one, two or three of what a dataset can be filtered by: by more, hardly a row would be left. */
  const filterOf = (dataset: Dataset): fc.Arbitrary<DatasetFilter> => {
    const equal = Object.keys(definitions[dataset].filters).filter(
      (name) => !['time', 'ingested'].includes(name),
    )
    const fields = [...equal, 'from', 'to', 'ingestedUntil'] as (keyof DatasetFilter)[]
    return fc
      .subarray(fields, { maxLength: 3 })
      .chain(
        (some) =>
          fc.record(
            Object.fromEntries(some.map((field) => [field, valueOf(field)])),
          ) as fc.Arbitrary<DatasetFilter>,
      )
  }

  const idsOf = async (client: pg.PoolClient, sql: string, name: string, values: string[] = []) =>
    (await client.query<Record<string, string>>(sql, values)).rows.map((row) => row[name]!)

  it.each(datasets)('chooses the same rows of %s, in the same order', async (dataset) => {
    const { columns, from, orderBy, filters } = definitions[dataset]
    const name = identities[dataset]
    const identity = columns.find((column) => column.name === name)?.sql
    let chosen = 0
    await context.database.tenant(workspaceId, (client) =>
      fc.assert(
        fc.asyncProperty(filterOf(dataset), async (filter) => {
          const { sql, values } = bound(conditionsOf(filters, filter))
          const listed = `SELECT ${identity} AS "${name}" FROM ${from} WHERE ${sql} ORDER BY ${orderBy}`
          const choice = { flattened: [], rest: false, only: [name] }
          const exported = datasetQuery(dataset, 'flat', filter, choice).sql.replace(
            /^SELECT (.*?) FROM/,
            `SELECT $1 AS "${name}" FROM`,
          )
          const ids = await idsOf(client, listed, name, values)
          expect(await idsOf(client, exported, name)).toEqual(ids)
          chosen += ids.length
        }),
        { numRuns: 100 },
      ),
    )
    expect(chosen).toBeGreaterThan(100)
  })

  it('never drops what a dataset has no column for', () => {
    expect(() => conditionsOf(definitions.messageUsers.filters, { chatbotId: 'cb_1' })).toThrow('chatbotId')
  })
})
