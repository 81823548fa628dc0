import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fillBench } from '../../tools/demo/fill-bench.js'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { benchArchiveList } from './archive-list.js'
import { benchBodies } from './bodies.js'
import { benchCosts } from './costs.js'
import { benchDays } from './days.js'
import { benchEvents } from './events.js'
import { compareFormats } from './exports/compare-formats.js'
import { compareSizes, type Size } from './exports/compare-sizes.js'
import { benchFairness } from './fairness.js'
import { benchListReads } from './list-reads.js'
import { benchSmallExports } from './small-exports.js'
import { benchCeiling } from './soak/ceiling.js'
import { benchSoak, LARGE } from './soak/soak.js'
import { isMet, report, type Section } from './report.js'
import { type BenchStack, startBenchStack } from './stack.js'
import { benchWorkers } from './workers.js'

/**
 * `npm run bench`: what the product promises in numbers. Ends with 1 where a promise was not kept. What nothing is promised
 * of is measured by name: `--only archive,days,events,bodies,workers,costs,fairness`, and of its own `--only soak,ceiling`.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    sizes: { type: 'string', default: '3000000,10000000' },
    runs: { type: 'string', default: '5' },
    events: { type: 'string', default: '200000' },
    accounts: { type: 'string', default: '5000' },
    units: { type: 'string', default: '100' },
    files: { type: 'string', default: '200' },
    only: { type: 'string', default: 'exports,small,reads' },
  },
})
const names = [
  'exports',
  'small',
  'reads',
  'archive',
  'days',
  'events',
  'bodies',
  'workers',
  'costs',
  'fairness',
  'soak',
  'ceiling',
] as const
type Name = (typeof names)[number]
/** Only what was measured whole is written down. */
const isWhole = process.argv.length === 2
const documentPath = join(projectRoot(), 'docs', 'benchmarks.md')
/** Sections below this line of the document were measured by name, and stay when the others are measured anew. */
const BY_NAME = '<!-- Measured by name. -->'

async function main(): Promise<void> {
  const wanted = wantedOf(options.only)
  const stack = await startBenchStack(join(projectRoot(), '.cache', 'bench'))
  try {
    const sections = await measure(stack, wanted)
    const document = await report(sections)
    process.stdout.write(document)
    if (isWhole) await writeFile(documentPath, document + (await measuredByName()))
    process.exitCode = sections.flatMap(({ targets }) => targets).every(isMet) ? 0 : 1
  } finally {
    await stack.stop()
  }
}

async function measuredByName(): Promise<string> {
  const [, sections] = (await readFile(documentPath, 'utf8')).split(BY_NAME)
  return sections === undefined ? '' : `\n${BY_NAME}${sections}`
}

/** @throws Error for a name that is not known: it would measure nothing, and end well */
function wantedOf(only: string): Set<Name> {
  const isKnown = (name: string): name is Name => (names as readonly string[]).includes(name)
  const asked = only.split(',')
  const unknown = asked.filter((name) => !isKnown(name))
  if (unknown.length > 0) throw new Error(`--only: no ${unknown.join(', ')}; there are ${names.join(', ')}`)
  return new Set(asked.filter(isKnown))
}

async function measure(stack: BenchStack, wanted: ReadonlySet<Name>): Promise<Section[]> {
  const [rows, runs] = [Number(options.rows), Number(options.runs)]
  const fill = (count: number) => fillBench(stack.database, count, stack.superuserUrl)
  const sections: Section[] = []
  if (wanted.has('exports')) {
    const sizes = options.sizes === '' ? [] : options.sizes.split(',').map(Number)
    // Filled before anything is measured, so that all is measured in the same database.
    const larger: Size[] = []
    for (const size of sizes) larger.push({ rows: size, workspace: await fill(size) })
    const base: Size = { rows, workspace: await fill(rows) }
    sections.push(await compareFormats(stack, base.workspace, { rows, runs }))
    if (larger.length > 0) sections.push(await compareSizes(stack, base, larger, Math.ceil(runs / 2)))
  }
  if (wanted.has('small')) sections.push(await benchSmallExports(stack, { exports: 200, turns: runs }))
  if (wanted.has('reads')) sections.push(await benchListReads(stack, await fill(rows), { rows, runs }))
  if (wanted.has('archive')) sections.push(await benchArchiveList(stack, { runs }))
  if (wanted.has('days')) sections.push(await benchDays(stack, { accounts: Number(options.accounts) }))
  if (wanted.has('events')) sections.push(await benchEvents(stack, { events: Number(options.events), runs }))
  if (wanted.has('bodies')) sections.push(await benchBodies({ runs }))
  if (wanted.has('workers')) {
    const batches = [
      { rows: 100, exports: 400 },
      { rows: 100_000, exports: 24 },
    ]
    const filled = []
    for (const batch of batches) filled.push({ ...batch, workspace: await fill(batch.rows) })
    sections.push(await benchWorkers(stack, filled, { runs }))
  }
  if (wanted.has('soak')) sections.push(await benchSoak(stack, { units: Number(options.units) }))
  if (wanted.has('ceiling'))
    sections.push(await benchCeiling(stack, await fill(LARGE), { rows: LARGE, files: Number(options.files) }))
  if (wanted.has('costs')) sections.push(await benchCosts(stack, await fill(rows), rows))
  if (wanted.has('fairness')) sections.push(await benchFairness({ seconds: 15 }))
  return sections
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
})
