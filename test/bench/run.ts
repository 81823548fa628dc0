import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BenchWorkspace, fillBench } from '../../tools/demo/fill-bench.js'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { benchArchiveList } from './archive-list.js'
import { benchEvents } from './events.js'
import { benchExports } from './exports.js'
import { benchListReads, listReadsTable } from './list-reads.js'
import { startBenchStack } from './stack.js'

/** `npm run bench`: what the product promises in numbers, as ratios of one run. Seconds are this machine's. */
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '3' },
    events: { type: 'string', default: '200000' },
    only: { type: 'string', default: 'exports,reads,archive,events' },
    'no-exceljs': { type: 'boolean', default: false },
  },
})

async function main(): Promise<void> {
  const size = { rows: Number(options.rows), runs: Number(options.runs), exceljs: !options['no-exceljs'] }
  const wanted = options.only.split(',')
  const stack = await startBenchStack(join(projectRoot(), '.cache', 'bench'))
  let filled: Promise<BenchWorkspace> | undefined
  const leads = () => (filled ??= fillBench(stack.database, size.rows, stack.env['MIGRATION_DATABASE_URL']!))
  try {
    const tables: string[][] = [[machine()]]
    if (wanted.includes('archive')) tables.push(await benchArchiveList(stack, size))
    if (wanted.includes('events'))
      tables.push(await benchEvents(stack, { events: Number(options.events), runs: size.runs }))
    if (wanted.includes('reads'))
      tables.push(listReadsTable(await benchListReads(stack, await leads(), size), size.runs))
    if (wanted.includes('exports')) tables.push(await benchExports(stack, await leads(), size))
    process.stdout.write(`\n${tables.map((lines) => lines.join('\n')).join('\n\n')}\n`)
  } finally {
    await stack.stop()
  }
}

const machine = (): string =>
  [
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`,
    `${Math.round(totalmem() / 1e9)} GB`,
    `Node ${process.version}`,
    new Date().toISOString().slice(0, 10),
  ].join(', ')

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
})
