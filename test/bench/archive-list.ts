import { ArchiveService } from '#exports'
import { type Workspace, WorkspacesService } from '#tenancy'
import { ensureWorkspace } from '../../tools/demo/fill-bench.js'
import { addArchive } from '../support/samples/archive.js'
import { median } from './measure.js'
import { count, type Section, table } from './report.js'
import { asSuperuser, type BenchStack } from './stack.js'

const models = ['funnels', 'leads', 'messageUsers', 'messages']
const ACCOUNTS = 680
const DAYS = 365
const CALLS = 100

type Read = (workspaceId: string) => Promise<number>

/**
 * How long a level of the archive takes where the workspace has 992,800 files, against the same level where it has
 * a thousand, called in turn: the index read by the product's own service, as the role of the app.
 */
export async function benchArchiveList(stack: BenchStack, { runs }: { runs: number }): Promise<Section> {
  const archive = new ArchiveService(stack.database, stack.store)
  const { large, small } = await fill(stack)
  const lines: string[][] = []
  for (const [label, read] of Object.entries(reads(archive))) {
    const entries = [await read(small.id), await read(large.id)]
    if (entries.includes(0)) throw new Error(`${label} has nothing in it`)
    const samples = { small: [] as number[], large: [] as number[] }
    for (let run = -1; run < runs; run++) {
      for (const [name, { id }] of [['small', small] as const, ['large', large] as const]) {
        const ms = await timePerCall(() => read(id))
        // The first is for warming up.
        if (run >= 0) samples[name].push(ms)
      }
    }
    const [little, much] = [median(samples.small), median(samples.large)]
    lines.push([label, entries.join('/'), little.toFixed(2), much.toFixed(2), (much / little).toFixed(2)])
    process.stderr.write(`archive: ${label} done\n`)
  }
  const files = count(models.length * ACCOUNTS * DAYS)
  return {
    title: "The archive's folders",
    text: `How long a level of \`archive/list\` takes where the workspace has ${files} files, ${models.length} models × ${ACCOUNTS} accounts ×
${DAYS} days, against the same level where it has a thousand; and what the search by date of \`/archives\` takes. Read by the
product's own service, as the role of the app, under row-level security; medians of ${runs} alternating runs of ${CALLS} calls.

${table(['what', 'entries', '1,000: ms', '1M: ms', 'ratio'], lines)}

A level costs its own entries, a step down the index each; what a million files add is that the steps land on pages of their
own. \`libs/exports/src/archive/archive-index.spec.ts\` holds each query to a number of pages.`,
    targets: [],
  }
}

async function timePerCall(call: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  for (let n = 0; n < CALLS; n++) await call()
  return (performance.now() - began) / CALLS
}

const account = (n: number) => `shop-${n}-web-${n.toString(16).padStart(24, '0')}`

/** Each answers how many entries it read. */
function reads(archive: ArchiveService): Record<string, Read> {
  const level =
    (prefix: string, limit: number, after?: string): Read =>
    async (workspaceId) =>
      (await archive.list(workspaceId, { format: 'csv', prefix, limit, after })).rows.length
  const days =
    (folder: string, first: string, last: string): Read =>
    async (workspaceId) =>
      (await archive.search(workspaceId, { first, last, folder, limit: 100 })).rows.length
  return {
    'the root': level('', 1000),
    'accounts, first page of 100': level('leads', 100),
    'accounts, page of 100 behind 500': level('leads', 100, `leads/${account(550)}/`),
    'accounts, page of 1,000': level('leads', 1000),
    'days of an account, first page of 100': level(`leads/${account(1)}`, 100),
    'days of an account, behind 100': level(`leads/${account(1)}`, 100, `leads/${account(1)}/2024-04-10.zip`),
    'a day of everything': days('', '2024-01-01', '2024-01-01'),
    'a year of an account': days(`leads/${account(1)}`, '2024-01-01', '2024-12-31'),
  }
}

/** Filled once: a year of 680 accounts; and a thousand files, of as many accounts and of one with 200 days more. */
async function fill(stack: BenchStack): Promise<{ large: Workspace; small: Workspace }> {
  const workspaces = new WorkspacesService(stack.database)
  const large = await ensureWorkspace(workspaces, 'bench-archive-large')
  const small = await ensureWorkspace(workspaces, 'bench-archive-small')
  await asSuperuser(stack, async (superuser) => {
    const there = 'SELECT FROM archive_files WHERE workspace_id = $1 LIMIT 1'
    if ((await superuser.query(there, [large.id])).rowCount === 1) return
    await superuser.query('BEGIN')
    await addArchive(superuser, large.id, { models, accounts: ACCOUNTS, days: DAYS })
    await addArchive(superuser, small.id, { models: ['leads'], accounts: ACCOUNTS, days: 1 })
    await addArchive(superuser, small.id, {
      models: ['leads'],
      accounts: 1,
      days: 200,
      firstDay: '2024-01-02',
    })
    await addArchive(superuser, small.id, {
      models: ['funnels', 'messageUsers', 'messages'],
      accounts: 40,
      days: 1,
    })
    await superuser.query('COMMIT')
    await superuser.query('VACUUM (ANALYZE) archive_files')
  })
  return { large, small }
}
