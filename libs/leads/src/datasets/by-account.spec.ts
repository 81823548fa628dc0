import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { accountsWithRows, rowsByAccount } from './by-account.js'

const ACCOUNTS = 5000
/** Months that have a partition of their own, whenever this runs. */
const [month, next] = [0, 1].map((ahead) => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead)).toISOString().slice(0, 7)
}) as [string, string]
const partitionOf = (one: string) => `messages_${one.replace('-', '_')}`
const day = { from: `${month}-15T00:00:00Z`, to: `${month}-16T00:00:00Z` }

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  Plans?: Plan[]
}
const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)]

describe('the accounts that have rows on a day', () => {
  let context: TestContext
  let few: TestWorkspace
  let all: TestWorkspace
  let ids: string[]

  beforeAll(async () => {
    context = await TestContext.create()
    few = await context.workspace('few')
    all = await context.workspace('all')
    for (const { workspace } of [few, all]) await addAccounts(workspace.id)
    // Each account wrote on other days, too.
    await addMessages(all, `${month}-15T12:00:00Z`, ACCOUNTS)
    for (const tenant of [few, all]) {
      await addMessages(tenant, `${month}-14T12:00:00Z`, ACCOUNTS)
      await addMessages(tenant, day.to, ACCOUNTS)
      await addMessages(tenant, `${next}-01T12:00:00Z`, ACCOUNTS)
    }
    for (const n of [7, 2500, 4999]) await addMessages(few, day.from, n, n)
    await sql('VACUUM ANALYZE')
    ids = (
      await sql(`SELECT id FROM accounts WHERE workspace_id = '${few.workspace.id}' AND NOT implicit`)
    ).rows
      .map(({ id }) => id!)
      .sort()
  }, 120_000)
  afterAll(() => context.close())

  const sql = (text: string) => context.testDatabase.superuser.query<Record<string, string>>(text)

  const addAccounts = (workspaceId: string) =>
    sql(`
      INSERT INTO accounts (id, workspace_id, name, slug, platform)
      SELECT left(md5('${workspaceId}' || n), 24), '${workspaceId}', 'a' || n, 'a', 'web' FROM generate_series(1, ${ACCOUNTS}) n;
      INSERT INTO message_users (id, workspace_id, account_id, external_id, platform, created_at)
      SELECT left(md5('user ' || a.id), 24), a.workspace_id, a.id, 'u', 'web', '2026-01-15T12:00:00Z'
      FROM accounts a WHERE a.workspace_id = '${workspaceId}' AND NOT a.implicit`)

  /** A message of each account from one number to another. */
  const addMessages = ({ workspace, chatbot }: TestWorkspace, at: string, to: number, from = 1) =>
    sql(`
      INSERT INTO messages (workspace_id, occurred_at, event_id, chatbot_id, account_id, message_user_id, sender, text)
      SELECT a.workspace_id, '${at}', '${at}' || a.id, '${chatbot.id}', a.id, left(md5('user ' || a.id), 24), 'user', 'Hola'
      FROM generate_series(${from}, ${to}) n JOIN accounts a ON a.workspace_id = '${workspace.id}' AND a.name = 'a' || n`)

  const found = ({ workspace }: TestWorkspace, after: string, limit: number) =>
    context.database.tenant(workspace.id, async (client) => {
      const { rows } = await client.query<{ id: string }>(accountsWithRows('messages', day), [after, limit])
      return rows.map(({ id }) => id)
    })

  it('are found by one query, in the order of their ids, from one place on', async () => {
    const three = await found(few, '', 200)
    expect(three).toEqual([...three].sort())
    expect(three).toHaveLength(3)
    expect(await found(few, three[0]!, 200)).toEqual(three.slice(1))
    const first = await found(all, '', 200)
    const second = await found(all, first.at(-1)!, 200)
    expect(new Set([...first, ...second]).size).toBe(400)
    expect(second[0]! > first.at(-1)!).toBe(true)
  })

  it.each(['few', 'all'])(
    '%s of them: each is looked up in its index, in the month of the day',
    async (which) => {
      const { workspace } = which === 'few' ? few : all
      const nodes = await context.database.tenant(workspace.id, async (client) => {
        const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
          `EXPLAIN (ANALYZE, FORMAT JSON) ${accountsWithRows('messages', day)}`,
          ['', 200],
        )
        return flat(rows[0]!['QUERY PLAN'][0].Plan)
      })
      const probes = nodes.filter((node) => node['Relation Name']?.startsWith('messages') === true)
      expect(probes.map((node) => node['Relation Name'])).toEqual([partitionOf(month)])
      expect(probes[0]!['Index Name']).toMatch(/account_id/)
      // A row at most of each account that is looked up, and no account beyond the last that is asked for.
      expect(probes[0]!['Actual Loops']).toBe(which === 'few' ? ACCOUNTS + 1 : 200)
      expect(probes[0]!['Actual Rows']).toBeLessThanOrEqual(1)
    },
  )

  it('give their rows one after the other, without a sort', async () => {
    const some = ids.slice(0, 200)
    const {
      sql: text,
      columns,
      accountAt,
    } = rowsByAccount('messages', day, { flattened: [], rest: false }, some)
    expect(columns[accountAt]?.name).toBe('accountId')
    const nodes = await context.database.tenant(few.workspace.id, async (client) => {
      await client.query('SET LOCAL random_page_cost = 0.3')
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (FORMAT JSON) ${text}`)
      return flat(rows[0]!['QUERY PLAN'][0].Plan)
    })
    expect(nodes[0]!['Node Type']).toBe('Nested Loop')
    expect(nodes.map((node) => node['Relation Name'])).not.toContain(partitionOf(next))
    expect(nodes.filter((node) => node['Relation Name'] === partitionOf(month))[0]!['Index Name']).toMatch(
      /account_id/,
    )
  })
})
