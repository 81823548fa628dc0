import { TestContext } from '../../../../test/support/context.js'
import type { ConversationEvent } from './event.js'
import { IngestService } from './ingest.service.js'

describe('the bound on accounts', () => {
  let context: TestContext
  let ingest: IngestService
  let made = 0

  beforeAll(async () => {
    context = await TestContext.create()
    ingest = new IngestService(context.database)
  })
  afterAll(() => context.close())

  const setBound = (workspaceId: string, bound: number) => {
    const text = 'UPDATE workspaces SET max_accounts = $2 WHERE id = $1'
    return context.testDatabase.superuser.query(text, [workspaceId, bound])
  }
  const bounded = async (bound: number) => {
    const { workspace } = await context.workspace(`w${++made}`)
    await setBound(workspace.id, bound)
    return workspace.id
  }
  const on = (id: string, name: string): ConversationEvent => ({
    id,
    type: 'message',
    time: '2026-03-01T00:00:00.000000Z',
    bot: 'asistente',
    account: { platform: 'web', name },
    user: { id: 'ana' },
    sender: 'user',
    text: 'Hola',
  })
  const accountsOf = async (workspaceId: string) => {
    const { rows } = await context.testDatabase.superuser.query<{ name: string }>(
      'SELECT name FROM accounts WHERE workspace_id = $1 AND NOT implicit ORDER BY name',
      [workspaceId],
    )
    return rows.map(({ name }) => name)
  }
  const rejected = (bound: number) => ({
    status: 'rejected',
    field: 'account',
    message: `The workspace may have ${bound} accounts at most, and has them`,
  })

  it('rejects events of one account more, and no others', async () => {
    const id = await bounded(2)
    const events = [on('1', 'a'), on('2', 'b'), on('3', 'c'), on('4', 'a'), on('5', 'c')]
    const accepted = { status: 'accepted' }
    expect(await ingest.ingest(id, events)).toEqual([accepted, accepted, rejected(2), accepted, rejected(2)])
    expect(await accountsOf(id)).toEqual(['a', 'b'])
    expect(await ingest.ingest(id, [on('6', 'b'), on('3', 'd')])).toEqual([accepted, rejected(2)])
    // Counts as never sent.
    await setBound(id, 3)
    expect(await ingest.ingest(id, [on('3', 'c'), on('7', 'd')])).toEqual([accepted, rejected(3)])
  })

  it('holds where batches come at once', async () => {
    const id = await bounded(5)
    const batches = Array.from({ length: 6 }, (_, n) =>
      Array.from({ length: 4 }, (_, i) => on(`${n}-${i}`, `account ${(n + i) % 8}`)),
    )
    const outcomes = (await Promise.all(batches.map((batch) => ingest.ingest(id, batch)))).flat()
    const made = await accountsOf(id)
    expect(made).toHaveLength(5)
    const names = batches.flat().map(({ account }) => ('name' in account ? account.name : ''))
    for (const [n, { status }] of outcomes.entries())
      expect(status).toBe(made.includes(names[n]!) ? 'accepted' : 'rejected')
  })

  it('holds back no event of accounts that are there when it is lowered', async () => {
    const id = await bounded(3)
    await ingest.ingest(id, [on('1', 'a'), on('2', 'b'), on('3', 'c')])
    await setBound(id, 1)
    expect(await ingest.ingest(id, [on('4', 'c'), on('5', 'd')])).toEqual([
      { status: 'accepted' },
      rejected(1),
    ])
  })
})
