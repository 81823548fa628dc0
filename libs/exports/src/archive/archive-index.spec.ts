import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { addArchive } from '../../../../test/support/samples/archive.js'
import { formatNames } from '../formats/format.js'
import { insideOf, past } from './archive-range.js'
import { archiveLevel, archiveLevelBackwards, fileByName, filesOfDays } from './archive.sql.js'

const models = ['funnels', 'leads', 'messageUsers', 'messages']
const ACCOUNTS = 40
const DAYS = 250
/** Two or three of the index, one of the table, and what the next page of either may cost. */
const PAGES_PER_STEP = 5

interface Node {
  'Node Type': string
  'Index Name'?: string
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: Node[]
}

describe('the archive index of 40,000 files, under row-level security', () => {
  let context: TestContext
  let demo: TestWorkspace

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    const other = await context.workspace('other')
    const { superuser } = context.testDatabase
    for (const { workspace } of [demo, other]) {
      await addArchive(superuser, workspace.id, { models, accounts: ACCOUNTS, days: DAYS })
    }
    await superuser.query('VACUUM ANALYZE archive_files')
  }, 120_000)
  afterAll(() => context.close())

  const account = 'leads/shop-7-web-000000000000000000000007/'
  const level = (folder: string, limit: number, from = folder) => {
    const { until } = insideOf(folder)
    return { text: archiveLevel, values: ['csv', from, until, folder.length, limit] }
  }
  const backwards = (folder: string, limit: number) => {
    const { from, until } = insideOf(folder)
    return { text: archiveLevelBackwards, values: ['csv', from, until, folder.length, limit] }
  }
  const days = (folder: string, [first, last]: [string, string], limit: number) => {
    const { from, until } = insideOf(folder)
    return { text: filesOfDays, values: [first, last, from, until, null, null, limit] }
  }
  const wholeTime: [string, string] = ['0001-01-01', '9999-12-31']

  /** Steps: how many times the query goes down the index, for an entry, the end of a level, or a day. */
  it.each([
    ['the root', 'archive_files_name', 5, () => level('', 1000)],
    ['accounts of a model', 'archive_files_name', 21, () => level('leads/', 20)],
    ['accounts further on', 'archive_files_name', 21, () => level('leads/', 20, past(account))],
    ['the last accounts of a model', 'archive_files_name', ACCOUNTS + 1, () => level('funnels/', 1000)],
    ['days of an account', 'archive_files_name', 101, () => level(account, 100)],
    ['the latest days', 'archive_files_name', 101, () => backwards(account, 100)],
    ['all days', 'archive_files_name', DAYS + 1, () => backwards(account, 1000)],
    ['a folder that nobody has', 'archive_files_name', 1, () => level('leads/nobody/', 100)],
    [
      'a file',
      'archive_files_name',
      5,
      () => ({ text: fileByName, values: [`${account}2024-02-01.zip`, `{${formatNames.join(',')}}`] }),
    ],
    ['files of a day', 'archive_files_day', 23, () => days('', ['2024-02-01', '2024-02-01'], 20)],
    ['files of all time', 'archive_files_day', 23, () => days('', wholeTime, 20)],
    ['files of an account', 'archive_files_day', 2 * DAYS + 3, () => days(account, wholeTime, 1000)],
    [
      'files of a folder that nobody has',
      'archive_files_day',
      DAYS + 3,
      () => days('exports/', wholeTime, 20),
    ],
  ])('%s: by %s, in at most %d steps', async (_, index, steps, query) => {
    for (const mode of ['force_custom_plan', 'force_generic_plan']) {
      const plan = await executed(mode, query())
      const nodes = flat(plan)
      expect(nodes.flatMap((node) => node['Index Name'] ?? [])).toContain(index)
      expect(nodes.filter((node) => /Seq Scan|Bitmap|Sort/.test(node['Node Type']))).toEqual([])
      expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).toBeLessThanOrEqual(
        steps * PAGES_PER_STEP,
      )
    }
  })

  async function executed(
    mode: string,
    { text, values }: { text: string; values: (string | number | null)[] },
  ): Promise<Node> {
    return context.database.tenant(demo.workspace.id, async (client) => {
      await client.query(`SET LOCAL plan_cache_mode = ${mode}`)
      await client.query(`PREPARE explained AS ${text}`)
      try {
        const literals = values.map((value) =>
          value === null ? 'NULL' : client.escapeLiteral(String(value)),
        )
        const run = `EXECUTE explained(${literals.join(', ')})`
        // Once before, so that reading the catalog is not counted.
        await client.query(run)
        const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
          `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${run}`,
        )
        return rows[0]!['QUERY PLAN'][0].Plan
      } finally {
        await client.query('DEALLOCATE explained')
      }
    })
  }
})

const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)]
