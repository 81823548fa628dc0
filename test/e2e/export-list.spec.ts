import { Client, type Json } from '../support/api/client.js'
import { TestContext } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { walk } from '../support/api/walk.js'

describe('the list of exports', () => {
  let context: TestContext
  let gateway: Program
  let api: Client

  beforeAll(async () => {
    context = await TestContext.create()
    const { key } = await context.workspace('demo')
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const idsOf = (body: Json): string[] => (body.data as { id: string }[]).map(({ id }) => id)

  it('page by page and by cursor, has every export once, newest first', async () => {
    const accepted: string[] = []
    for (let i = 0; i < 7; i++) {
      accepted.unshift((await api.post('/exports', { dataset: 'leads', format: 'csv' })).body.id as string)
    }
    const pages = await walk(api, '/exports?size=3', ({ pagination }) => pagination.next)
    expect(pages.flatMap(idsOf)).toEqual(accepted)
    expect(pages.map(({ pagination }) => pagination.page as number | null)).toEqual([1, null, null])
    const second = await api.get('/exports?size=3&page=2')
    expect(idsOf(second.body)).toEqual(accepted.slice(3, 6))
    expect(second.body.pagination).toMatchObject({ page: 2, size: 3, hasMore: true })
  })
})
