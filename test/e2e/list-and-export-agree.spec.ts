import { parse } from 'csv-parse/sync'
import { filterFields, type NamedFilter } from '../../apps/gateway/src/exports/filter-fields.js'
import { type FormatName, formatNames } from '#exports'
import { type Dataset, datasets, FunnelsService } from '#leads'
import { WorkspacesService } from '#tenancy'
import { readers } from '../../libs/exports/src/formats/testing/readers.js'
import { Client, type Json } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { addConversations, collectedNames, messageTexts } from '../support/samples/conversations.js'
import { addLeads } from '../support/samples/leads.js'
import { addRecords } from '../support/samples/records.js'
import { walk } from '../support/api/walk.js'

/** Of each kind and in each place. */
const ROWS = 72

type Field = keyof NamedFilter

interface List {
  path: string
  /** What it calls the size of a page. */
  size: 'size' | 'limit'
  ids: (body: Json) => string[]
  next: (body: Json) => string | null
  /** The column of the file that has what `ids` are. */
  column: string
}

const native = (path: string, column: string): List => ({
  path,
  size: 'size',
  ids: (body) => (body.data as { id: string }[]).map(({ id }) => id),
  next: (body) => body.pagination.next as string | null,
  column,
})

const lists: Record<Dataset, List> = {
  leads: native('/leads', 'lead_id'),
  records: {
    path: '/demo/lead/records',
    size: 'limit',
    ids: (body) => (body.objects as { _id: string }[]).map(({ _id }) => _id),
    next: (body) => body.next as string | null,
    column: '_id',
  },
  funnels: native('/demo/interactions', 'id'),
  messageUsers: native('/demo/message-users', 'id'),
  messages: native('/demo/messages', 'id'),
}

/** Fields that only go together, by the first of them. */
const together: Partial<Record<Field, Field[]>> = { funnel: ['funnel', 'funnelGroup'], funnelGroup: [] }
/** What a list can't be asked without. */
const required: Partial<Record<Dataset, Field[]>> = { records: ['funnel', 'funnelGroup'] }

/** Nothing, each field of the table alone, each two, and all of them. */
function combinationsOf(dataset: Dataset): Field[][] {
  const base = required[dataset] ?? []
  const units = (Object.keys(filterFields[dataset]) as Field[])
    .filter((field) => !base.includes(field))
    .map((field) => together[field] ?? [field])
    .filter((unit) => unit.length > 0)
  const pairs = units.flatMap((unit, i) => units.slice(i + 1).map((other) => [...unit, ...other]))
  return [[], ...units, ...pairs, units.flat()].map((fields) => [...base, ...fields])
}

describe('a list and an export under the same filter', () => {
  let context: TestContext
  let gateway: Program
  let worker: Program
  let api: Client
  let values: Record<Field, string>

  beforeAll(async () => {
    context = await TestContext.create()
    const demo = await context.workspace('demo')
    values = await fill(demo)
    await fill(await context.workspace('other'))
    await context.testDatabase.superuser.query(`UPDATE leads SET status = 'contacted' WHERE id % 3 = 0`)
    worker = await startProgram('worker', context.env)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await worker.stop(10_000)
    await context.close()
  })

  /** Rows of everything, by two chatbots, on two accounts, in two groups. @returns a filter that chooses some of them */
  async function fill({ workspace, chatbot }: TestWorkspace): Promise<Record<Field, string>> {
    const { database } = context
    const workspaces = new WorkspacesService(database)
    const funnels = new FunnelsService(database)
    const second = await workspaces.addChatbot(workspace.id, { name: 'second', ownerUserId: 'u' })
    const groups = ['g1', 'g2'].map((name) => ({
      name,
      doubleCounting: true,
      newAt: 24,
      interactions: ['A'],
    }))
    const { id: funnelId } = await funnels.create(workspace.id, 'f', ['A'], groups)
    await addLeads(database, workspace.id, chatbot.id, ROWS)
    const users: string[] = []
    const accounts: string[] = []
    for (const [chatbotId, slug, group] of [
      [chatbot.id, 'one', 'g1'],
      [second.id, 'one', 'g2'],
      [second.id, 'two', 'g1'],
    ] as const) {
      const known = accounts[slug === 'one' ? 0 : 1]
      const account = { name: slug, slug, platform: 'messenger' }
      const accountId = known ?? (await workspaces.addAccount(workspace.id, account)).id
      if (known === undefined) accounts.push(accountId)
      const funnelGroupId = await funnels.groupId(workspace.id, 'f', group)
      const place = { chatbotId, accountId, funnelId, funnelGroupId, count: ROWS }
      await addRecords(database, workspace.id, place)
      users.push(...(await addConversations(database, workspace.id, place)))
    }
    return {
      chatbotId: second.id,
      bot: 'second',
      account: accounts[0]!,
      accountId: accounts[0]!,
      messageUser: users.at(-1)!,
      funnel: 'f',
      funnelGroup: 'g1',
      status: 'contacted',
      source: 'messenger',
      email: 'P42@example.com',
      startDate: '2026-02-01T00:03:00.000001Z',
      endDate: '2026-02-01T00:05:00.000002Z',
    }
  }

  const filterBy = (fields: Field[]) => Object.fromEntries(fields.map((field) => [field, values[field]]))

  /** The ids of every page, the first page first. */
  async function listed({ path, size, ids, next }: List, fields: Field[]): Promise<string[]> {
    const query = new URLSearchParams({ ...filterBy(fields), [size]: '50' }).toString()
    return (await walk(api, `${path}?${query}`, next)).flatMap(ids)
  }

  async function accepted(request: {
    dataset: Dataset
    format: string
    [more: string]: unknown
  }): Promise<string> {
    const { status, body } = await api.post('/exports', request)
    expect(status).toBe(202)
    return body.id as string
  }

  /** An export once it is done, and its file. */
  async function completed(id: string): Promise<{ export_: Json; file: Buffer }> {
    const export_: Json = await until(`export ${id}`, async () => {
      const { body } = await api.get(`/exports/${id}`)
      return body.state === 'completed' ? (body as object) : null
    })
    const { headers } = await api.get(`/exports/${id}/download`)
    return { export_, file: Buffer.from(await (await fetch(headers.get('location')!)).arrayBuffer()) }
  }

  async function exported(dataset: Dataset, format: 'csv' | 'ndjson', fields: Field[]): Promise<string[]> {
    const { file } = await completed(await accepted({ dataset, format, filter: filterBy(fields) }))
    const rows =
      format === 'csv'
        ? parse<Record<string, string>>(file, { columns: true })
        : file
            .toString()
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line) as Record<string, string>)
    return rows.map((row) => row[lists[dataset].column]!)
  }

  const cases = datasets.flatMap((dataset) =>
    combinationsOf(dataset).map((fields, n) => ({
      dataset,
      fields,
      by: fields.join(', ') || 'nothing',
      format: n % 2 === 0 ? ('csv' as const) : ('ndjson' as const),
    })),
  )

  it.each(cases)('$dataset by $by: the same rows in the same order', async ({ dataset, fields, format }) => {
    const list = lists[dataset]
    const [inList, inFile] = await Promise.all([listed(list, fields), exported(dataset, format, fields)])
    expect(inFile).toEqual(inList)
    expect(new Set(inList).size).toBe(inList.length)
  })

  it.each(cases.filter(({ dataset, fields }) => isAlone(dataset, fields)))(
    '$dataset by $by: some rows, not all',
    async ({ dataset, fields }) => {
      const all = await listed(lists[dataset], required[dataset] ?? [])
      const chosen = await listed(lists[dataset], fields)
      expect(chosen.length).toBeGreaterThan(0)
      expect(chosen.length).toBeLessThan(all.length)
    },
  )

  it.each(formatNames)('messages as %s: what was written, whatever it was', async (format) => {
    const pages = await walk(api, '/demo/messages?size=100', lists.messages.next)
    const texts = pages.flatMap((body) => (body.data as { text: string }[]).map(({ text }) => text))
    expect(new Set(texts)).toEqual(new Set(messageTexts))
    const id = await accepted({ dataset: 'messages', format, columns: ['text'] })
    const { export_, file } = await completed(id)
    const rows = await readers[format](file)
    expect(rows).toEqual(texts.map((text) => [asReadFrom(format, text)]))
    const tooLong = texts.filter((text) => text.length > 32_767).length
    expect(export_.truncatedCells).toBe(format === 'xlsx' ? tooLong : 0)
  })

  it('funnels as csv have a column per name of collected data, as json the data whole', async () => {
    const { data } = (await api.get('/demo/interactions?size=100')).body as { data: Interaction[] }
    const csv = await completed(await accepted({ dataset: 'funnels', format: 'csv', csv: { raw: true } }))
    const flat = parse<Record<string, string>>(csv.file, { columns: true }).slice(0, 100)
    expect(flat.map((row) => collectedNames.map((name) => row[`data.${name}`]))).toEqual(
      data.map((one) => collectedNames.map((name) => one.data.find((item) => item.name === name)?.cxt ?? '')),
    )
    const json = await completed(await accepted({ dataset: 'funnels', format: 'json' }))
    const nested = JSON.parse(json.file.toString()) as { data: object[] }[]
    expect(nested.slice(0, 100).map(({ data }) => data)).toEqual(data.map((one) => one.data))
  })

  it('none of the other workspace is in any', async () => {
    for (const dataset of datasets) {
      const { rows } = await context.testDatabase.superuser.query<{ count: string }>(counts[dataset])
      const count = Number(rows[0]!.count)
      const base = required[dataset] ?? []
      expect(count).toBeGreaterThan(ROWS)
      expect([dataset, (await listed(lists[dataset], base)).length]).toEqual([dataset, count])
    }
  })

  it('what comes in after an export was accepted is not in it', async () => {
    await worker.stop(10_000)
    const before = new Map<Dataset, { id: string; ids: string[] }>()
    for (const dataset of datasets) {
      const base = required[dataset] ?? []
      const ids = await listed(lists[dataset], base)
      before.set(dataset, { id: await accepted({ dataset, format: 'csv', filter: filterBy(base) }), ids })
    }
    await addLate()
    worker = await startProgram('worker', context.env)
    for (const [dataset, { id, ids }] of before) {
      const { export_ } = await completed(id)
      expect([dataset, export_.rows]).toEqual([dataset, ids.length])
      const now = await listed(lists[dataset], required[dataset] ?? [])
      expect(now.length).toBeGreaterThan(ids.length)
    }
  })

  /** More of everything, of times that are long past. */
  async function addLate(): Promise<void> {
    const { database } = context
    const workspaces = new WorkspacesService(database)
    const { id: workspaceId } = (await workspaces.byCodename('demo'))!
    const account = { name: 'late', slug: 'late', platform: 'messenger' }
    const { id: accountId } = await workspaces.addAccount(workspaceId, account)
    const funnelGroupId = await new FunnelsService(database).groupId(workspaceId, 'f', 'g1')
    const [funnel] = await database.read<{ id: string }>(workspaceId, {
      name: 'funnel',
      text: 'SELECT id FROM funnels',
      values: [],
    })
    const place = { chatbotId: values.chatbotId, accountId, funnelId: funnel!.id, funnelGroupId, count: 10 }
    await addRecords(database, workspaceId, place)
    await addConversations(database, workspaceId, place)
  }
})

interface Interaction {
  data: { name: string; cxt: string }[]
}

/** What a format leaves of a text: csv defuses formulas, xlsx cuts, leaves out what XML can't say and has no empty cell. */
function asReadFrom(format: FormatName, text: string): string | null {
  if (format === 'csv' && /^[=+\-@＝＋－＠\t\r\n]/.test(text)) return `'${text}`
  if (format !== 'xlsx') return text
  return text.slice(0, 32_767).replace('\u0007', '') || null
}

/** Whether a filter is by one field, or by some that go together, beside what the list can't do without. */
function isAlone(dataset: Dataset, fields: Field[]): boolean {
  const chosen = fields.slice((required[dataset] ?? []).length)
  return chosen.length === 1 || (chosen.length === 2 && chosen[0] === 'funnel')
}

const inDemo = `workspace_id = (SELECT id FROM workspaces WHERE codename = 'demo')`
/** What the lists without a filter, but for what they require, are to show. */
const counts: Record<Dataset, string> = {
  leads: `SELECT count(*) FROM leads WHERE ${inDemo}`,
  records: `SELECT count(*) FROM records r JOIN funnel_groups g ON g.id = r.funnel_group_id
    WHERE r.${inDemo} AND g.name = 'g1'`,
  funnels: `SELECT count(*) FROM interactions WHERE ${inDemo}`,
  messageUsers: `SELECT count(*) FROM message_users WHERE ${inDemo}`,
  messages: `SELECT count(*) FROM messages WHERE ${inDemo}`,
}
