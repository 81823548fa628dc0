import type pg from 'pg'
import { TestContext, type TestWorkspace } from '../../../test/support/context.js'
import { addConversations } from '../../../test/support/samples/conversations.js'
import { addLeads } from '../../../test/support/samples/leads.js'
import { addRecords } from '../../../test/support/samples/records.js'
import { interactionList, messageList } from './conversations.sql.js'
import { funnelsDataset } from './datasets/funnels.dataset.js'
import { messageUsersDataset } from './datasets/message-users.dataset.js'
import { messagesDataset } from './datasets/messages.dataset.js'
import { recordsDataset } from './datasets/records.dataset.js'
import type { DatasetFilter } from './filter.js'
import { FunnelsService } from './funnels.service.js'
import { funnelList, funnelsOf, groupByNames } from './funnels.sql.js'
import { deleteRecords, findRecords, lockLeads, updateLeads } from './ingest/ingest.sql.js'
import { lockAndFind } from './ingest/references.sql.js'
import { leadsWhere } from './leads.service.js'
import { deleteLead, leadByEmail, leadByHex, leadList, lockLead, updateLead } from './leads.sql.js'
import { pageQuery, whereOf } from './list-query.js'
import { messageUserById, messageUserList } from './message-users.sql.js'
import { recordList } from './records.sql.js'

/** Of a workspace: enough that reading a table to its end costs more than its index. */
const LEADS = 20_000
const RECORDS = 4000
const FUNNELS = 100
/** Messages, and as many interactions. */
const EVENTS = 6000

/** Tables with rows in them; those of conversations are by month, but for the one of old times. */
const filled =
  /^(leads|records|funnels|funnel_groups|message_users|(messages|interactions)_(before|2026_0[1-3]))$/

/** The index of a month's rows that PostgreSQL named after its parent's columns. */
const month = (table: string, column: string) => `${table}_(before|2026_0[1-3])_(workspace_id_)?${column}.*`
/** The same of the rows that are too old for a month of their own. */
const old = (table: string, column: string) => `${table}_before_(workspace_id_)?${column}.*`

type Value = string | number | null

interface Plan {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  Plans?: Plan[]
}

describe('under row-level security, as the role of the app', () => {
  let context: TestContext
  let demo: TestWorkspace
  let groupId: string
  let accountId: string
  let messageUserId: string

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    for (const { workspace, chatbot } of [demo, await context.workspace('other')]) {
      await addLeads(context.database, workspace.id, chatbot.id, LEADS)
      const funnels = new FunnelsService(context.database)
      const group = { name: 'g', doubleCounting: true, newAt: 24, interactions: ['A'] }
      const funnel = await funnels.create(workspace.id, 'f', ['A'], [group])
      accountId = await implicitAccount(workspace.id)
      groupId = await funnels.groupId(workspace.id, 'f', 'g')
      const place = { chatbotId: chatbot.id, accountId, funnelId: funnel.id, funnelGroupId: groupId }
      await addRecords(context.database, workspace.id, { ...place, count: RECORDS })
      messageUserId = (
        await addConversations(context.database, workspace.id, { ...place, count: EVENTS })
      )[0]!
    }
    await spreadLeads()
    await addFunnels()
    await addOldConversations()
    await context.testDatabase.superuser.query('VACUUM ANALYZE')
  }, 120_000)
  afterAll(() => context.close())

  /** Over the statuses and some sources; nobody is lost, and nobody came from nowhere. */
  const spreadLeads = () =>
    context.testDatabase.superuser.query(
      `UPDATE leads SET status = ('{new,contacted,qualified,converted}'::text[])[1 + id % 4], source = 'source-' || id % 10`,
    )

  /** Of many tenants, as they would come in over the years: among two, walking over the other's would cost little. */
  const addFunnels = () =>
    context.testDatabase.superuser.query(
      `INSERT INTO workspaces (id, codename, name)
         SELECT 'ws_' || lpad(to_hex(n), 16, '0'), 'tenant-' || n, 'A tenant' FROM generate_series(1, 200) n;
       INSERT INTO funnels (workspace_id, name, interactions)
         SELECT w.id, 'f' || n, '{A}' FROM generate_series(1, ${FUNNELS}) n, workspaces w ORDER BY n;
       INSERT INTO funnel_groups (id, workspace_id, funnel_id, name, interactions)
         SELECT left(md5(f.id::text), 24), f.workspace_id, f.id, 'g', '{A}' FROM funnels f WHERE f.name <> 'f'`,
    )

  /** The same messages and interactions again, from ten years before. */
  async function addOldConversations(): Promise<void> {
    for (const [table, more] of [
      ['messages', 'sender, text'],
      ['interactions', 'funnel_id, funnel_group_id, interaction, data'],
    ]) {
      const columns = `event_id, workspace_id, chatbot_id, account_id, message_user_id, ${more}`
      await context.testDatabase.superuser.query(
        `INSERT INTO ${table} (occurred_at, ${columns}) SELECT occurred_at - interval '10 years', ${columns} FROM ${table}`,
      )
    }
  }

  async function implicitAccount(workspaceId: string): Promise<string> {
    const query = { name: 'implicit', text: 'SELECT id FROM accounts WHERE implicit', values: [] }
    const [account] = await context.database.read<{ id: string }>(workspaceId, query)
    return account!.id
  }

  const leads = (filter: DatasetFilter, after?: string[], offset = 0) =>
    pageQuery(leadList, leadsWhere(filter), { limit: 20, offset, after })
  const records = (filter: DatasetFilter, after?: string[], offset = 0) =>
    pageQuery(recordList, whereOf(recordsDataset, filter), { limit: 20, offset, after })
  const messageUsers = (filter: DatasetFilter, after?: string[], offset = 0) =>
    pageQuery(messageUserList, whereOf(messageUsersDataset, filter), { limit: 20, offset, after })
  const messages = (filter: DatasetFilter, after?: string[], offset = 0) =>
    pageQuery(messageList, whereOf(messagesDataset, filter), { limit: 20, offset, after })
  const interactions = (filter: DatasetFilter, after?: string[], offset = 0) =>
    pageQuery(interactionList, whereOf(funnelsDataset, filter), { limit: 20, offset, after })
  const funnels = (account?: string, after?: string[]) =>
    pageQuery(funnelList, funnelsOf(account), { limit: 20, offset: 0, after })
  const deep = ['2026-01-05 00:00:00+00', '9000']
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-03T00:00:00Z' }
  const longAgo = { from: '2016-01-01T00:00:00Z', to: '2016-01-03T00:00:00Z' }
  const hex = '000000000000002a'
  const passage = '[{"message_user_id":"u","funnel_group_id":"g","since":"-infinity","until":"infinity"}]'
  const ingest = (text: string, ...values: string[]) => ({ text, values: [demo.workspace.id, ...values] })

  const queries: [string, string, () => { text: string; values: readonly unknown[] }][] = [
    ['leads of the workspace', 'leads_newest', () => leads({})],
    ['leads behind a cursor', 'leads_newest', () => leads({}, deep)],
    ['leads of a chatbot', 'leads_chatbot_newest', () => leads({ chatbotId: demo.chatbot.id })],
    [
      'leads of a chatbot behind a cursor',
      'leads_chatbot_newest',
      () => leads({ chatbotId: demo.chatbot.id }, deep),
    ],
    [
      'leads of a chatbot in a range',
      'leads_chatbot_newest',
      () => leads({ chatbotId: demo.chatbot.id, ...range }),
    ],
    ['leads of an account', 'leads_account_newest', () => leads({ accountId })],
    ['leads of a status', 'leads_status_newest', () => leads({ status: 'new' })],
    ['leads of a status that none has', 'leads_status_newest', () => leads({ status: 'lost' })],
    ['leads of a source behind a cursor', 'leads_source_newest', () => leads({ source: 'source-1' }, deep)],
    ['leads of a source that none has', 'leads_source_newest', () => leads({ source: 'nowhere' })],
    [
      'leads of a common status and a source that none has',
      'leads_source_newest',
      () => leads({ status: 'new', source: 'nowhere' }),
    ],
    ['leads with an address', 'leads_email', () => leads({ emailLower: 'p42@example.com' })],
    [
      'leads of a chatbot with an address',
      'leads_email',
      () => leads({ chatbotId: demo.chatbot.id, emailLower: 'p42@example.com' }),
    ],
    ['a lead by its id', 'leads_workspace_id_hex_key', () => ({ text: leadByHex, values: [hex, null] })],
    ['a lead to change', 'leads_workspace_id_hex_key', () => ({ text: lockLead, values: [hex, null] })],
    ['a lead to delete', 'leads_workspace_id_hex_key', () => ({ text: deleteLead, values: [hex, null] })],
    ['a lead by its address', 'leads_email', () => ({ text: leadByEmail, values: ['p42@example.com'] })],
    [
      'a changed lead',
      'leads_pkey',
      () => ({
        text: updateLead,
        values: ['42', 'n', 'e@x.example', 'e@x.example', null, null, 'new', null, '{}', '2026-01-05'],
      }),
    ],
    ['records of a group', 'records_group_newest', () => records({ funnelGroupId: groupId })],
    [
      'records of a group behind a cursor',
      'records_group_newest',
      () => records({ funnelGroupId: groupId }, ['2026-02-01 04:00:00+00', '8'.repeat(24)]),
    ],
    [
      'records of a group on an account',
      'records_account_group_newest',
      () => records({ funnelGroupId: groupId, accountId }),
    ],
    ['message users', 'message_users_newest', () => messageUsers({})],
    ['message users behind a cursor', 'message_users_newest', () => messageUsers({}, [deep[0]!, hex])],
    ['message users of an account', 'message_users_account_newest', () => messageUsers({ accountId })],
    [
      'a message user by its id',
      'message_users_(pkey|workspace_id_id_key)',
      () => ({ text: messageUserById, values: [hex] }),
    ],
    ['messages', month('messages', 'pkey'), () => messages({})],
    ['messages behind a cursor', month('messages', 'pkey'), () => messages({}, deep)],
    ['messages in a range', month('messages', 'pkey'), () => messages(range)],
    ['messages of a day long ago', old('messages', 'pkey'), () => messages(longAgo)],
    [
      'messages of an account on a day long ago',
      old('messages', 'account_id'),
      () => messages({ accountId, ...longAgo }),
    ],
    ['messages of a user', month('messages', 'message_user_id'), () => messages({ messageUserId })],
    [
      'messages of a user behind a cursor',
      month('messages', 'message_user_id'),
      () => messages({ messageUserId }, deep),
    ],
    ['messages of an account', month('messages', 'account_id'), () => messages({ accountId })],
    [
      'messages of a chatbot',
      month('messages', 'chatbot_id'),
      () => messages({ chatbotId: demo.chatbot.id }),
    ],
    ['interactions', month('interactions', 'pkey'), () => interactions({})],
    ['interactions behind a cursor', month('interactions', 'pkey'), () => interactions({}, deep)],
    [
      'interactions of a user',
      month('interactions', 'message_user_id'),
      () => interactions({ messageUserId }),
    ],
    [
      'interactions of an account on a day long ago',
      old('interactions', 'account_id'),
      () => interactions({ accountId, ...longAgo }),
    ],
    ['interactions of an account', month('interactions', 'account_id'), () => interactions({ accountId })],
    [
      'interactions of a chatbot',
      month('interactions', 'chatbot_id'),
      () => interactions({ chatbotId: demo.chatbot.id }),
    ],
    [
      'interactions of a group behind a cursor',
      month('interactions', 'funnel_group_id'),
      () => interactions({ funnelGroupId: groupId }, deep),
    ],
    ['funnels', 'funnels_pkey', () => funnels()],
    ['funnels behind a cursor', 'funnels_pkey', () => funnels(undefined, ['50'])],
    ['groups of the funnels', 'funnel_groups_workspace_id_funnel_id_(id|name)_key', () => funnels()],
    [
      'a funnel by its name',
      'funnels_workspace_id_name_key',
      () => ({ text: groupByNames, values: ['f7', 'g'] }),
    ],
    [
      'a group by its name',
      'funnel_groups_workspace_id_funnel_id_(id|name)_key',
      () => ({ text: groupByNames, values: ['f7', 'g'] }),
    ],
    ['funnels of an account', 'records_account_group_newest', () => funnels(accountId)],
    [
      'leads of message users',
      'leads_workspace_id_message_user_id_chatbot_id_key',
      () => ingest(lockLeads, `{${messageUserId}}`),
    ],
    ['leads that events changed', 'leads_pkey', () => ingest(updateLeads, '[{"id":42}]')],
    ['records that events may belong to', 'records_user_group', () => ingest(findRecords, passage)],
    [
      'records that events joined',
      'records_id_key|records_pkey|records_workspace_id_id_key',
      () => ingest(deleteRecords, '{a}'),
    ],
    [
      'the funnels that events name',
      'funnels_workspace_id_name_key',
      () => ingest(lockAndFind, '{asistente}', '{}', '{messenger}', '{x}', '{f7}'),
    ],
  ]

  /** Planned for their OFFSET each time: with one they can't know, no plan would read so few rows. */
  const skipping: typeof queries = [
    ['leads so many rows in', 'leads_newest', () => leads({}, undefined, 500)],
    [
      'records so many rows in',
      'records_group_newest',
      () => records({ funnelGroupId: groupId }, undefined, 500),
    ],
    ['messages so many rows in', month('messages', 'pkey'), () => messages({}, undefined, 500)],
  ]

  // A prepared statement may be planned for its values or, later, for any: either must find its index.
  for (const mode of ['force_custom_plan', 'force_generic_plan']) {
    it.each([...queries, ...(mode === 'force_custom_plan' ? skipping : [])])(
      `%s: by %s (${mode})`,
      async (_, index, query) => {
        const { text, values } = query()
        const nodes = await context.database.tenant(demo.workspace.id, async (client) => {
          await client.query(`SET LOCAL plan_cache_mode = ${mode}`)
          return planOf(client, text, values as Value[])
        })
        expect(nodes.map((node) => node['Index Name'] ?? '')).toContainEqual(
          expect.stringMatching(new RegExp(`^${index}$`)),
        )
        const scanned = nodes
          .filter((node) => node['Node Type'] === 'Seq Scan')
          .map((n) => n['Relation Name'])
        expect(scanned.filter((name) => filled.test(name!))).toEqual([])
        // An address is of few leads, a message user of few events, which may be sorted; every other list comes out of
        // its index in order, and what it asks for on the way is probed, not gathered.
        const keys = nodes.filter((node) => node['Node Type'] === 'Limit').flatMap(flat)
        const sorts = keys.map((node) => node['Node Type']).filter((type) => /Sort|Hash/.test(type))
        if (!/^leads_email$|message_user_id/.test(index)) expect(sorts).toEqual([])
      },
    )
  }
})

async function planOf(client: pg.PoolClient, text: string, values: Value[]): Promise<Plan[]> {
  await client.query(`PREPARE explained AS ${text}`)
  try {
    const literals = values.map((value) => (value === null ? 'NULL' : client.escapeLiteral(String(value))))
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (FORMAT JSON) EXECUTE explained${literals.length === 0 ? '' : `(${literals.join(', ')})`}`,
    )
    return flat(rows[0]!['QUERY PLAN'][0].Plan)
  } finally {
    await client.query('DEALLOCATE explained')
  }
}

const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)]
