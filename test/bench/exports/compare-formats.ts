import type { BenchWorkspace } from '../../../tools/demo/fill-bench.js'
import { median, type Sample, worst } from '../measure.js'
import { atMost, count, type Section, table, type Target } from '../report.js'
import type { BenchStack } from '../stack.js'
import { cases, flatSelect, nestedSelect } from './cases.js'
import { copyToFile, copyToNull } from './psql.js'
import { type Competitor, competitors, runCompetitor } from './run-competitor.js'
import { runExport } from './run-export.js'

/** One of what runs in turn. */
interface Contestant {
  label: string
  run: () => Promise<ContestSample>
}
type ContestSample = Sample & { bytes?: number }

/** Medians; of memory the most. */
interface Figures {
  seconds: number
  /** Its time to psql's just before it, the median of the runs. */
  toPsql: number
  cpu: number
  peakMb: number
  bytes: number
}

const PSQL = 'psql, COPY csv > /dev/null'
const PSQL_NESTED = 'the same, metadata whole'

/**
 * Every format end to end into S3 and what a user would pick instead, in turn, each right behind a
 * `psql COPY … csv` of the SELECT that the csv is made of: what the machine does meanwhile strikes both alike.
 */
export async function compareFormats(
  stack: BenchStack,
  workspace: BenchWorkspace,
  { rows, runs }: { rows: number; runs: number },
): Promise<Section> {
  const { workspaceId } = workspace
  const psql = () => copyToNull(stack, workspaceId, flatSelect)
  const contestants: Contestant[] = [
    { label: PSQL_NESTED, run: () => copyToNull(stack, workspaceId, nestedSelect) },
    ...cases.map((file) => ({ label: file.label, run: () => runExport(stack, workspace, file, rows) })),
    { label: 'psql, \\copy csv into a file', run: () => copyToFile(stack, workspaceId, flatSelect) },
    ...Object.entries(competitors).map(([name, label]) => ({
      label,
      run: () => runCompetitor(stack, workspace, name as Competitor, rows),
    })),
  ]
  const contests = new Map(contestants.map(({ label }) => [label, [] as [ContestSample, Sample][]]))
  // Once before anything is counted, so that every run finds the same warm cache.
  await psql()
  for (let run = 0; run < runs; run++) {
    for (const { label, run: contest } of contestants) {
      const before = await psql()
      const sample = await contest()
      contests.get(label)!.push([sample, before])
      const seconds = `${sample.seconds.toFixed(2)} s, psql ${before.seconds.toFixed(2)} s`
      process.stderr.write(`exports, run ${run + 1} of ${runs}: ${label} ${seconds}\n`)
    }
  }
  const base = [...contests.values()].flat().map(([, { seconds }]) => ({ seconds }))
  const figures = new Map([
    [PSQL, figuresOf(base.map((sample) => [sample, sample]))],
    ...[...contests].map(([label, pairs]) => [label, figuresOf(pairs)] as const),
  ])
  return sectionOf(figures, rows, runs)
}

/** NaN what was not looked at. */
function figuresOf(pairs: readonly (readonly [ContestSample, Sample])[]): Figures {
  const all = (pick: (sample: ContestSample) => number | undefined) =>
    pairs.map(([sample]) => pick(sample) ?? NaN)
  return {
    seconds: median(all(({ seconds }) => seconds)),
    toPsql: median(pairs.map(([sample, psql]) => sample.seconds / psql.seconds)),
    cpu: median(all(({ cpu }) => cpu)),
    peakMb: worst(all(({ peakMb }) => peakMb)),
    bytes: median(all(({ bytes }) => bytes)),
  }
}

function sectionOf(figures: ReadonlyMap<string, Figures>, rows: number, runs: number): Section {
  const cell = (value: number, digits: number) => (Number.isNaN(value) ? '' : value.toFixed(digits))
  const lines = [...figures].map(([label, { seconds, toPsql, cpu, peakMb, bytes }]) => [
    label,
    cell(seconds, 2),
    cell(toPsql, 2),
    cell(cpu, 1),
    cell(peakMb, 0),
    cell(bytes / 1e6, 0),
  ])
  return {
    title: `Exports of ${count(rows)} leads`,
    text: `17 columns, five of them flattened out of metadata, with accents, emoji, quotes, newlines and formulas; medians of ${runs}
runs in turn, of memory the most. psql runs the very SELECT that the csv is made of, once right before each of the others:
× psql is the median of what each took to psql's time just before it.

Ours are end to end: from the claim to the object that was verified in the store and registered, by the database's clock,
with the formula guard on and times in ISO 8601; xlsx with cell references, real dates and a frozen header. Each file by a
fresh worker process for nothing but exports, whose peak of memory is the kernel's (VmHWM) and whose CPU includes its start, so
these figures say nothing about what a worker gains from file to file: \`--only soak\` measures that. The others render the
same rows and upload them by lib-storage in parts of 8 MiB, from the connection to the upload's end. json and ndjson have
the metadata whole and name every field of every row, so their files are larger; what psql takes for their SELECT stands
beside the other.

${table(['what', 'seconds', '× psql', 'CPU s', 'peak MB', 'file MB'], lines)}`,
    targets: targetsOf(figures),
  }
}

function targetsOf(figures: ReadonlyMap<string, Figures>): Target[] {
  const of = (label: string) => figures.get(label)!
  const exceljs = of(competitors.exceljs)
  return [
    atMost("csv, of psql's COPY", of('csv').toPsql, 1),
    atMost("ndjson, of psql's COPY", of('ndjson').toPsql, 1.2),
    atMost("json, of psql's COPY", of('json').toPsql, 1.2),
    atMost("csv.gz at level 1, of psql's COPY", of('csv.gz').toPsql, 1.4),
    atMost("xlsx, of exceljs's time", of('xlsx').seconds / exceljs.seconds, 1 / 5),
    atMost("xlsx, of exceljs's CPU", of('xlsx').cpu / exceljs.cpu, 1 / 4),
    atMost("a worker's memory, every format", worst(cases.map(({ label }) => of(label).peakMb)), 220, 'MB'),
  ]
}
