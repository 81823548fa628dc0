import { Client, type Json } from '../../support/api/client.js'
import { TestContext, type TestWorkspace } from '../../support/context.js'
import { type Program, startProgram } from '../../support/programs/programs.js'
import { addArchive, addArchiveFile } from '../../support/samples/archive.js'
import { walk } from '../../support/api/walk.js'

let context: TestContext
let gateway: Program
let demo: TestWorkspace
let api: Client

beforeAll(async () => {
  context = await TestContext.create()
  demo = await context.workspace('demo')
  const { superuser } = context.testDatabase
  await addArchive(superuser, demo.workspace.id, { models: ['leads'], accounts: 25, days: 12 })
  const alike = ['shop-web_1-5970d180adf62b28c8630566', 'shop-web_1-5970d180adf62b28c8630566.old']
  for (const account of alike)
    await addArchiveFile(superuser, demo.workspace.id, {
      name: `funnels/${account}/2024-01-01.zip`,
      day: '2024-01-01',
    })
  for (const format of ['csv', 'xlsx']) {
    const name = `exports/all/2024-01-02-exp_1234567890abcdef.${format}`
    await addArchiveFile(superuser, demo.workspace.id, { name, day: '2024-01-02', format, size: 7, rows: 3 })
  }
  gateway = await startProgram('gateway', context.env)
  api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
}, 60_000)
afterAll(async () => {
  await gateway.stop(10_000)
  await context.close()
})

const list = async (query: string): Promise<string[]> => {
  const { status, body } = await api.get(`/demo/archive/list?${query}`)
  expect(status).toBe(200)
  return (body.objects as { complete: string }[]).map(({ complete }) => complete)
}

it('walks from model to account to file', async () => {
  expect(await list('format=csv&prefix=')).toEqual([
    'exports/',
    'funnels/',
    'leads/',
    'messageUsers/',
    'messages/',
  ])
  const [account] = await list('prefix=leads%2F')
  expect(account).toBe('leads/shop-1-web-000000000000000000000001/')
  const { body } = await api.get(`/demo/archive/list?prefix=${account!}`)
  expect(body.objects).toHaveLength(12)
  expect(body.objects[0]).toEqual({
    prefix: '2024-01-01.zip',
    complete: `${account!}2024-01-01.zip`,
    size: 1001,
    rows: 1,
    date: '2024-01-01',
  })
})

it.each([
  'leads',
  'funnels',
  'exports',
  'exports/all',
  'leads/shop-9-web-000000000000000000000009',
  'nobody',
])('%s is the same with a slash at its end', async (prefix) => {
  expect(await list(`prefix=${prefix}/`)).toEqual(await list(`prefix=${prefix}`))
})

it('keeps apart folders whose names begin alike', async () => {
  const [old, account] = await list('prefix=funnels')
  expect([old, account]).toEqual([
    'funnels/shop-web_1-5970d180adf62b28c8630566.old/',
    'funnels/shop-web_1-5970d180adf62b28c8630566/',
  ])
  expect(await list(`prefix=${account!}`)).toEqual([`${account!}2024-01-01.zip`])
  expect(await list(`prefix=${old!}`)).toEqual([`${old!}2024-01-01.zip`])
})

it('shows the files of a format', async () => {
  expect(await list('format=xlsx')).toEqual(['exports/'])
  expect(await list('format=xlsx&prefix=exports/all')).toEqual([
    'exports/all/2024-01-02-exp_1234567890abcdef.xlsx',
  ])
  expect(await list('format=json')).toEqual([])
})

it.each(['leads/nobody', 'lead', 'leads/shop-1', 'exports/all/2024-01-02-exp_1234567890abcdef.csv'])(
  'has nothing below %s',
  async (prefix) => {
    expect(await list(`prefix=${prefix}`)).toEqual([])
  },
)

it.each(['leads', 'leads/shop-9-web-000000000000000000000009', ''])(
  '%p is whole page by page',
  async (prefix) => {
    const whole = await list(`prefix=${prefix}`)
    for (const limit of [1, 4, 5, 1000]) {
      const pages = await walk(api, `/demo/archive/list?prefix=${prefix}&limit=${limit}`, ({ next }) => next)
      expect(pages.flatMap(({ objects }) => (objects as Json[]).map(({ complete }) => complete))).toEqual(
        whole,
      )
      expect(pages.slice(0, -1).every(({ objects, hasMore }) => objects.length === limit && hasMore)).toBe(
        true,
      )
    }
  },
)
