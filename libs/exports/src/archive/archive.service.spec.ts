import { ObjectStore } from '#core'
import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { addArchive, addArchiveFile } from '../../../../test/support/samples/archive.js'
import { ArchiveService, type DaysQuery, type LevelQuery } from './archive.service.js'

const id = (n: number) => String(n).repeat(24)
const everyDay = { first: '0001-01-01', last: '9999-12-31' }

let context: TestContext
let demo: TestWorkspace
let archive: ArchiveService

beforeAll(async () => {
  context = await TestContext.create()
  demo = await context.workspace('demo')
  const other = await context.workspace('other')
  archive = new ArchiveService(context.database, new ObjectStore(context.config))
  const { superuser } = context.testDatabase
  await addArchive(superuser, demo.workspace.id, { models: ['leads', 'messages'], accounts: 12, days: 9 })
  await addArchive(superuser, other.workspace.id, { models: ['funnels', 'leads'], accounts: 3, days: 20 })
  // Names that begin alike, with every character that a name may have; '.', '-' and '0' stand around '/' in ASCII.
  for (const folder of ['shop', 'shop-web', 'shop.web', 'shop0', 'shop_web', 'sho', 'Shop']) {
    for (const day of ['2024-05-01', '2024-05-02']) {
      const name = `messageUsers/${folder}-x-${id(1)}/${day}.zip`
      await addArchiveFile(superuser, demo.workspace.id, { name, day })
      await addArchiveFile(superuser, demo.workspace.id, { name: `funnels/${folder}/${day}.zip`, day })
    }
  }
  for (const format of ['csv', 'json', 'xlsx']) {
    const name = `exports/all/2024-05-01-exp_${id(2)}.${format}`
    await addArchiveFile(superuser, demo.workspace.id, { name, day: '2024-05-01', format })
  }
}, 60_000)
afterAll(() => context.close())

/** `complete` of every entry, page by page. */
async function level(query: Partial<LevelQuery>): Promise<string[]> {
  const all: string[] = []
  for (let after: string | undefined; ;) {
    const full = { format: 'csv', prefix: '', limit: 1000, after, ...query } as const
    const { rows, next } = await archive.list(demo.workspace.id, full)
    all.push(...rows.map(({ complete }) => complete))
    if (next === null) return all
    after = next[0]
  }
}

describe('a level', () => {
  const alike = ['Shop', 'sho', 'shop-web', 'shop.web', 'shop', 'shop0', 'shop_web'].map(
    (f) => `funnels/${f}/`,
  )

  it('has folders whose names begin alike, each once, in the order of bytes', async () => {
    expect(await level({ prefix: 'funnels/' })).toEqual(alike)
  })

  it.each(alike)('%s holds its own files only, with a slash at the end or without', async (folder) => {
    const files = [`${folder}2024-05-01.zip`, `${folder}2024-05-02.zip`]
    expect(await level({ prefix: folder })).toEqual(files)
    expect(await level({ prefix: folder.slice(0, -1) })).toEqual(files)
  })

  it.each(['', 'funnels', 'messageUsers/', 'leads', `leads/shop-7-web-${'7'.padStart(24, '0')}/`])(
    '%p is the same by pages of any size, and from its end',
    async (prefix) => {
      const whole = await level({ prefix })
      expect(whole.length).toBeGreaterThan(3)
      for (const limit of [1, 2, 3, 7, whole.length]) {
        expect(await level({ prefix, limit })).toEqual(whole)
        if (prefix !== '')
          expect(await level({ prefix, limit, backwards: true })).toEqual([...whole].reverse())
      }
    },
  )

  it('shows what has its format', async () => {
    expect(await level({ format: 'json' })).toEqual(['exports/'])
    expect(await level({ format: 'json', prefix: 'exports/all' })).toEqual([
      `exports/all/2024-05-01-exp_${id(2)}.json`,
    ])
    expect(await level({ format: 'ndjson' })).toEqual([])
    expect(await level({ format: 'json', prefix: 'leads' })).toEqual([])
  })

  it.each([
    'nobody',
    'lead',
    'leads/shop',
    'funnels/shop/2024-05-01.zip',
    'funnels/shop/2024-05-01.zip/',
    'funnels/shop/2024-05-0',
    'zzz',
    '-',
  ])('%p is no folder, and empty', async (prefix) => {
    expect(await level({ prefix })).toEqual([])
    expect(await level({ prefix, backwards: true })).toEqual([])
  })

  it('tells size, rows and day of a file', async () => {
    const { rows } = await archive.list(demo.workspace.id, {
      format: 'csv',
      prefix: `leads/shop-3-web-${'3'.padStart(24, '0')}`,
      limit: 1,
    })
    expect(rows).toEqual([
      {
        prefix: '2024-01-01.zip',
        complete: `leads/shop-3-web-${'3'.padStart(24, '0')}/2024-01-01.zip`,
        size: 1003,
        rows: 3,
        date: '2024-01-01',
      },
    ])
  })
})

describe('files of some days', () => {
  async function names(query: Partial<DaysQuery>): Promise<string[]> {
    const all: string[] = []
    for (let after: DaysQuery['after']; ;) {
      const full = { ...everyDay, folder: '', limit: 1000, after, ...query }
      const { rows, next } = await archive.search(demo.workspace.id, full)
      all.push(...rows.map(({ day, name }) => `${day} ${name}`))
      if (next === null) return all
      after = { day: next[0]!, name: next[1]! }
    }
  }

  it('are of all models, accounts and formats, the latest day first', async () => {
    const all = await names({})
    expect(all).toHaveLength(2 * 12 * 9 + 2 * 7 * 2 + 3)
    const days = all.map((text) => text.slice(0, 10))
    expect(days).toEqual([...days].sort().reverse())
    for (const day of new Set(days)) {
      const ofDay = all.filter((text) => text.startsWith(day))
      expect(ofDay).toEqual([...ofDay].sort())
    }
  })

  it.each([1, 2, 5, 100])('are the same by pages of %d', async (limit) => {
    expect(await names({ limit })).toEqual(await names({}))
  })

  it('begin and end with the days that were asked for', async () => {
    const range = await names({ first: '2024-01-03', last: '2024-01-04' })
    expect(new Set(range.map((text) => text.slice(0, 10)))).toEqual(new Set(['2024-01-04', '2024-01-03']))
    expect(range).toHaveLength(2 * 12 * 2)
    expect(await names({ first: '2023-01-01', last: '2023-12-31' })).toEqual([])
    expect(await names({ first: '2024-02-01', last: '2024-04-30' })).toEqual([])
    expect(await names({ first: '2024-05-02', last: '2024-05-01' })).toEqual([])
  })

  it('are those below a folder', async () => {
    expect(await names({ folder: 'funnels/shop' })).toEqual([
      '2024-05-02 funnels/shop/2024-05-02.zip',
      '2024-05-01 funnels/shop/2024-05-01.zip',
    ])
    expect(await names({ folder: 'exports/all/' })).toHaveLength(3)
    expect(await names({ folder: 'nobody' })).toEqual([])
  })

  it('go on behind a day that is gone by now', async () => {
    const after = { day: '2030-01-01', name: 'leads/x' }
    const { rows } = await archive.search(demo.workspace.id, { ...everyDay, folder: '', limit: 1000, after })
    expect(rows[0]?.name).toBe('funnels/Shop/2024-05-02.zip')
  })
})

it('another workspace has its own files only', async () => {
  const name = `leads/shop-1-web-${'1'.padStart(24, '0')}/2024-01-15.zip`
  await expect(archive.find(demo.workspace.id, name)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const other = await context.workspace('third')
  const query = { format: 'csv', prefix: 'leads', limit: 10 } as const
  expect((await archive.list(other.workspace.id, query)).rows).toEqual([])
  const days = { ...everyDay, folder: '', limit: 10 }
  expect((await archive.search(other.workspace.id, days)).rows).toEqual([])
})
