import { FunnelsService } from '#leads'
import { WorkspacesService } from '#tenancy'
import { Client, type Json } from '../../support/api/client.js'
import { TestContext } from '../../support/context.js'
import { addConversations } from '../../support/samples/conversations.js'
import { type Program, startProgram } from '../../support/programs/programs.js'

/** What a workspace has that a request may name, and what no workspace has. */
interface Names {
  codename: string
  chatbot: string
  bot: string
  account: string
  lead: string
  funnel: string
  group: string
  messageUser: string
  export: string
  file: string
}

const nobodys: Names = {
  codename: 'nobody',
  chatbot: 'cb_0000000000000000',
  bot: 'nobodys bot',
  account: '0'.repeat(24),
  lead: 'lead_0000000000000000',
  funnel: 'nobodysFunnel',
  group: 'nobodys group',
  messageUser: '0'.repeat(24),
  export: 'exp_0000000000000000',
  file: 'exports/all/2026-01-01-exp_0000000000000000.csv',
}

type Call = [method: string, path: string, body?: object]

/** Every endpoint that takes an id or a name, asked by the owner of `own` for what `other` names. */
const calls: Record<string, (other: Names, own: Names) => Call> = {
  'GET get-leads': ({ chatbot }) => ['GET', `/get-leads?chatbotId=${chatbot}`],
  'POST get-leads': ({ chatbot }) => ['POST', '/get-leads', { chatbotId: chatbot }],
  'POST get-leads, agentId': ({ chatbot }) => ['POST', '/get-leads', { agentId: chatbot }],
  'create, nested': ({ chatbot }) => [
    'POST',
    `/chatbots/${chatbot}/leads`,
    { name: 'x', email: 'x@y.example' },
  ],
  'create, alias': ({ chatbot }) => [
    'POST',
    '/leads',
    { name: 'x', email: 'x@y.example', chatbotId: chatbot },
  ],
  'list, nested': ({ chatbot }) => ['GET', `/chatbots/${chatbot}/leads`],
  'list, alias': ({ chatbot }) => ['GET', `/leads?chatbotId=${chatbot}`],
  'list, account': ({ account }) => ['GET', `/leads?account=${account}`],
  'list, accountId': ({ account }) => ['GET', `/leads?accountId=${account}`],
  'list, nested, account': ({ account }, { chatbot }) => [
    'GET',
    `/chatbots/${chatbot}/leads?account=${account}`,
  ],
  get: ({ lead }) => ['GET', `/leads/${lead}`],
  'get, nested': ({ lead }, { chatbot }) => ['GET', `/chatbots/${chatbot}/leads/${lead}`],
  'get, chatbot': ({ chatbot }, { lead }) => ['GET', `/chatbots/${chatbot}/leads/${lead}`],
  'get, both': ({ chatbot, lead }) => ['GET', `/chatbots/${chatbot}/leads/${lead}`],
  patch: ({ lead }) => ['PATCH', `/leads/${lead}`, { name: 'stolen' }],
  'patch, nested': ({ lead }, { chatbot }) => [
    'PATCH',
    `/chatbots/${chatbot}/leads/${lead}`,
    { name: 'stolen' },
  ],
  'patch, both': ({ chatbot, lead }) => ['PATCH', `/chatbots/${chatbot}/leads/${lead}`, { name: 'stolen' }],
  delete: ({ lead }) => ['DELETE', `/leads/${lead}`],
  'delete, nested': ({ lead }, { chatbot }) => ['DELETE', `/chatbots/${chatbot}/leads/${lead}`],
  'delete, both': ({ chatbot, lead }) => ['DELETE', `/chatbots/${chatbot}/leads/${lead}`],
  'funnels, codename': ({ codename }) => ['GET', `/${codename}/lead/funnels`],
  'funnels, account': ({ account }, { codename }) => ['GET', `/${codename}/lead/funnels?account=${account}`],
  'funnels, accountId': ({ account }, { codename }) => [
    'GET',
    `/${codename}/lead/funnels?accountId=${account}`,
  ],
  'records, codename': (other) => records('records', other, other),
  'records, funnel': ({ funnel }, own) => records('records', own, { ...own, funnel }),
  'records, funnelGroup': ({ group }, own) => records('records', own, { ...own, group }),
  'records, account': ({ account }, own) => records('records', own, own, `&account=${account}`),
  'records, accountId': ({ account }, own) => records('records', own, own, `&accountId=${account}`),
  'message users, codename': ({ codename }) => ['GET', `/${codename}/message-users`],
  'message users, account': ({ account }, { codename }) => [
    'GET',
    `/${codename}/message-users?account=${account}`,
  ],
  'messages, codename': ({ codename }) => ['GET', `/${codename}/messages`],
  'messages, chatbotId': ({ chatbot }, own) => listed('messages', own, { chatbotId: chatbot }),
  'messages, bot': ({ bot }, own) => listed('messages', own, { bot }),
  'messages, account': ({ account }, own) => listed('messages', own, { account }),
  'messages, accountId': ({ account }, own) => listed('messages', own, { accountId: account }),
  'messages, messageUser': ({ messageUser }, own) => listed('messages', own, { messageUser }),
  'interactions, codename': ({ codename }) => ['GET', `/${codename}/interactions`],
  'interactions, chatbotId': ({ chatbot }, own) => listed('interactions', own, { chatbotId: chatbot }),
  'interactions, bot': ({ bot }, own) => listed('interactions', own, { bot }),
  'interactions, account': ({ account }, own) => listed('interactions', own, { account }),
  'interactions, messageUser': ({ messageUser }, own) => listed('interactions', own, { messageUser }),
  'interactions, funnel': ({ funnel }, own) =>
    listed('interactions', own, { funnel, funnelGroup: own.group }),
  'interactions, funnelGroup': ({ group }, own) =>
    listed('interactions', own, { funnel: own.funnel, funnelGroup: group }),
  'records, chatbotId': ({ chatbot }, own) => records('records', own, own, `&chatbotId=${chatbot}`),
  'records, bot': ({ bot }, own) => records('records', own, own, `&bot=${encodeURIComponent(bot)}`),
  'lead/export, codename': (other) => records('export', other, other, exported(other)),
  'lead/export, funnel': ({ funnel }, own) => records('export', own, { ...own, funnel }, exported(own)),
  'lead/export, funnelGroup': ({ group }, own) => records('export', own, { ...own, group }, exported(own)),
  'lead/export, bot': (other, own) => records('export', own, own, exported(other)),
  'lead/export, account': ({ account }, own) =>
    records('export', own, own, `${exported(own)}&account=${account}`),
  'archive/list, codename': ({ codename }) => ['GET', `/${codename}/archive/list`],
  'archive/url, codename': ({ codename, file }) => ['GET', `/${codename}/archive/url?name=${file}`],
  'archive/url, name': ({ file }, { codename }) => ['GET', `/${codename}/archive/url?name=${file}`],
  'archive/build, codename': ({ codename }) => [
    'POST',
    `/${codename}/archive/build`,
    { from: '2025-05-01', to: '2025-05-01' },
  ],
  'export, chatbot': ({ chatbot }) => newExport('leads', { chatbotId: chatbot }),
  'export, account': ({ account }) => newExport('leads', { account }),
  'export, bot': ({ bot }) => newExport('records', { bot }),
  'export, funnel': ({ funnel }, { group }) => newExport('records', { funnel, funnelGroup: group }),
  'export, funnelGroup': ({ group }, { funnel }) => newExport('records', { funnel, funnelGroup: group }),
  'export of messages, messageUser': ({ messageUser }) => newExport('messages', { messageUser }),
  'export of messages, bot': ({ bot }) => newExport('messages', { bot }),
  'export of funnels, messageUser': ({ messageUser }) => newExport('funnels', { messageUser }),
  'export of funnels, funnelGroup': ({ group }, { funnel }) =>
    newExport('funnels', { funnel, funnelGroup: group }),
  'export of messageUsers, account': ({ account }) => newExport('messageUsers', { account }),
  'export status': (other) => ['GET', `/exports/${other.export}`],
  'export cancel': (other) => ['POST', `/exports/${other.export}/cancel`],
  'export retry': (other) => ['POST', `/exports/${other.export}/retry`],
  'export download': (other) => ['GET', `/exports/${other.export}/download`],
}

const records = (endpoint: string, { codename }: Names, { funnel, group }: Names, more = ''): Call => {
  const query = new URLSearchParams({ funnel, funnelGroup: group }).toString()
  return ['GET', `/${codename}/lead/${endpoint}?${query}${more}`]
}
const listed = (list: string, { codename }: Names, filter: Record<string, string>): Call => [
  'GET',
  `/${codename}/${list}?${new URLSearchParams(filter).toString()}`,
]
const exported = ({ bot }: Names) => `&exportType=csv&bot=${encodeURIComponent(bot)}`
const newExport = (dataset: string, filter: object): Call => [
  'POST',
  '/exports',
  { dataset, format: 'csv', filter },
]

describe('what is of another tenant', () => {
  let context: TestContext
  let gateway: Program
  let a: { api: Client; names: Names }
  let b: { api: Client; names: Names }

  beforeAll(async () => {
    context = await TestContext.create()
    gateway = await startProgram('gateway', context.env)
    a = await tenant('a')
    b = await tenant('b')
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  /** A workspace that has one of everything, under names that only it has. */
  async function tenant(codename: string): Promise<{ api: Client; names: Names }> {
    const { workspace, key } = await context.workspace(codename)
    const api = new Client(`${context.config.PUBLIC_URL}/api/v1`, key)
    const workspaces = new WorkspacesService(context.database)
    const bot = `bot of ${codename}`
    const chatbot = await workspaces.addChatbot(workspace.id, { name: bot, ownerUserId: 'u' })
    const account = await workspaces.addAccount(workspace.id, { name: 'x', slug: 'x', platform: 'web' })
    const [funnel, group] = [`funnel of ${codename}`, `group of ${codename}`]
    await new FunnelsService(context.database).create(
      workspace.id,
      funnel,
      ['A'],
      [{ name: group, doubleCounting: true, newAt: 1, interactions: ['A'] }],
    )
    const messageUser = await addMessages(workspace.id, chatbot.id, account.id)
    const lead = await api.post(`/chatbots/${chatbot.id}/leads`, { name: 'Ana', email: 'ana@example.com' })
    const export_ = await api.post('/exports', { dataset: 'leads', format: 'csv' })
    const file = `exports/all/2026-01-01-${codename}.csv`
    await context.testDatabase.superuser.query(
      `INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day)
       VALUES ($1, 'csv', 'leads', 'all', $2, $2, 1, '', 1, '2026-01-01')`,
      [workspace.id, file],
    )
    const ids = {
      chatbot: chatbot.id,
      account: account.id,
      messageUser,
      lead: lead.body.data.id,
      export: export_.body.id,
    }
    return { api, names: { codename, bot, funnel, group, file, ...ids } }
  }

  /** A message user with two messages and two interactions. @returns its id */
  async function addMessages(workspaceId: string, chatbotId: string, accountId: string): Promise<string> {
    const query = { name: 'group', text: `SELECT id, funnel_id FROM funnel_groups`, values: [] }
    const [group] = await context.database.read<{ id: string; funnel_id: string }>(workspaceId, query)
    const place = { chatbotId, accountId, funnelId: group!.funnel_id, funnelGroupId: group!.id, count: 2 }
    const [user] = await addConversations(context.database, workspaceId, place)
    return user!
  }

  // The request id is the caller's own, so that the two answers may not differ in a single byte.
  const ask = ({ api }: { api: Client }, [method, path, body]: Call) =>
    api.send(method, path, body, { 'X-Request-Id': 'the-same' })
  const seen = ({ status, text }: Awaited<ReturnType<Client['get']>>) => ({ status, text })

  it.each(Object.entries(calls))('%s: 404, the same bytes as what nobody has', async (_, call) => {
    const foreign = await ask(a, call(b.names, a.names))
    expect(foreign.status).toBe(404)
    expect(foreign.body.details.value).toBeUndefined()
    expect(seen(foreign)).toEqual(seen(await ask(a, call(nobodys, a.names))))
  })

  it.each(Object.entries(calls))('%s: what it has itself is not 404', async (name, call) => {
    const own = name.includes('create') || name.includes('delete') ? await throwaway() : a.names
    const { status } = await ask(a, call(own, own))
    // A download has nothing to give yet, and an archived file no object: both are found all the same.
    expect(status).not.toBe(404)
    expect(status).toBeLessThan(500)
  })

  /** The names of `a` with a lead of its own that may go. */
  async function throwaway(): Promise<Names> {
    const email = `gone-${Math.random()}@example.com`
    const { body } = await a.api.post(`/chatbots/${a.names.chatbot}/leads`, { name: 'x', email })
    return { ...a.names, lead: body.data.id as string }
  }

  const garbage = ['x', 'lead_', 'lead_00000000000000', 'LEAD_0000000000000000', 'lead_000000000000000G']
  const odd = ['%00', '%F0%9F%92%80', '..%2F..', '%252e', "'%20OR%201=1", 'x'.repeat(4000)]
  it.each([...garbage, ...odd])('a lead of the id %p: the same bytes too', async (id) => {
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { name: 'x' } : undefined
      for (const path of ['/leads', `/chatbots/${a.names.chatbot}/leads`]) {
        const missing = await ask(a, [method, `${path}/${nobodys.lead}`, body])
        expect(missing.body.details).toEqual({ field: 'leadId', message: 'The lead was not found' })
        expect(seen(await ask(a, [method, `${path}/${id}`, body]))).toEqual(seen(missing))
      }
    }
  })

  it('its lead is as it was', async () => {
    const { status, body } = await b.api.get(`/leads/${b.names.lead}`)
    expect([status, body.data.name]).toEqual([200, 'Ana'])
  })

  it('its cursors are as good as an altered one', async () => {
    await b.api.post('/leads', { name: 'second', email: 'second@example.com' })
    await new FunnelsService(context.database).create((await workspaceOf(b.names)).id, 'second', ['A'], [])
    const lists: [string, (body: Json) => string][] = [
      ['/leads?', (body) => body.pagination.next],
      ['/CODENAME/lead/funnels?limit=1&', (body) => body.next],
      ['/exports?', (body) => body.pagination.next],
      ['/CODENAME/messages?', (body) => body.pagination.next],
      ['/CODENAME/interactions?', (body) => body.pagination.next],
    ]
    await b.api.post('/exports', { dataset: 'leads', format: 'json' })
    for (const [path, next] of lists) {
      const of = ({ names }: { names: Names }) => path.replace('CODENAME', names.codename)
      const cursor = next((await b.api.get(`${of(b)}size=1`)).body)
      expect(cursor).toEqual(expect.stringContaining('.'))
      const foreign = await ask(a, ['GET', `${of(a)}cursor=${cursor}`])
      expect([foreign.status, foreign.body.code]).toEqual([400, 'INVALID_CURSOR'])
      expect(seen(foreign)).toEqual(seen(await ask(a, ['GET', `${of(a)}cursor=x${cursor}`])))
    }
  })

  const workspaceOf = async ({ codename }: Names) =>
    (await new WorkspacesService(context.database).byCodename(codename))!
})
