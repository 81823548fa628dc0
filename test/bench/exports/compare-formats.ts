import type { BenchWorkspace } from '../../../tools/demo/fill-bench.js'
import { median, type Sample, worst } from '../measure.js'
import { atMost, count, type Section, table, type Target } from '../report.js'
import type { BenchStack } from '../stack.js'
import { cases, flatSelect, nestedSelect } from './cases.js'
import { copyToFile, copyToNull } from './psql.js'
import { type Competitor, competitors, runCompetitor } from './run-competitor.js'
import { type ExportSample, runExport } from './run-export.js'

/** One of what runs in turn. */
interface Contestant {
  label: string
  run: () => Promise<Sample & { bytes?: number }>
}

/** Medians; of memory the most. */
export interface Figures {
  seconds: number
  cpu?: number
  peakMb?: number
  bytes?: number
}

const NULL_FLAT = 'psql, COPY csv > /dev/null'
const NULL_NESTED = 'the same, metadata whole'

/**
 * Every format end to end into S3 against `psql COPY … csv` of the same SELECT and what a user would pick instead,
 * in turn, so that what the machine does meanwhile strikes all alike.
 */
export async function compareFormats(
  stack: BenchStack,
  workspace: BenchWorkspace,
  { rows, runs }: { rows: number; runs: number },
): Promise<{ section: Section; figures: Map<string, Figures> }> {
  const contestants: Contestant[] = [
    { label: NULL_FLAT, run: () => copyToNull(stack, workspace.workspaceId, flatSelect) },
    { label: NULL_NESTED, run: () => copyToNull(stack, workspace.workspaceId, nestedSelect) },
    ...cases.map((file) => ({ label: file.label, run: () => runExport(stack, workspace, file, rows) })),
    {
      label: 'psql, \\copy csv into a file',
      run: () => copyToFile(stack, workspace.workspaceId, flatSelect),
    },
    ...Object.entries(competitors).map(([name, label]) => ({
      label,
      run: () => runCompetitor(stack, workspace, name as Competitor, rows),
    })),
  ]
  const samples = new Map<string, (Sample & Partial<ExportSample>)[]>(
    contestants.map(({ label }) => [label, []]),
  )
  // Once before anything is counted, so that every run finds the same warm cache.
  await copyToNull(stack, workspace.workspaceId, flatSelect)
  for (let run = 0; run < runs; run++) {
    for (const { label, run: contest } of contestants) {
      const sample = await contest()
      samples.get(label)!.push(sample)
      process.stderr.write(`exports, run ${run + 1} of ${runs}: ${label} ${sample.seconds.toFixed(2)} s\n`)
    }
  }
  const figures = new Map([...samples].map(([label, taken]) => [label, figuresOf(taken)]))
  return { section: sectionOf(figures, rows, runs), figures }
}

function figuresOf(samples: readonly (Sample & Partial<ExportSample>)[]): Figures {
  const all = (pick: (sample: Partial<ExportSample>) => number | undefined) =>
    samples.map(pick).filter((value) => value !== undefined)
  const [cpu, peakMb] = [all((sample) => sample.cpu), all((sample) => sample.peakMb)]
  return {
    seconds: median(all((sample) => sample.seconds)),
    cpu: cpu.length > 0 ? median(cpu) : undefined,
    peakMb: peakMb.length > 0 ? worst(peakMb) : undefined,
    bytes: samples[0]?.bytes,
  }
}

function sectionOf(figures: ReadonlyMap<string, Figures>, rows: number, runs: number): Section {
  const base = figures.get(NULL_FLAT)!.seconds
  const exceljs = figures.get(competitors.exceljs)!
  const lines = [...figures].map(([label, { seconds, cpu, peakMb, bytes }]) => [
    label,
    seconds.toFixed(2),
    (seconds / base).toFixed(2),
    cpu?.toFixed(1) ?? '',
    peakMb === undefined ? '' : Math.round(peakMb),
    bytes === undefined ? '' : Math.round(bytes / 1e6),
  ])
  return {
    title: `Exports of ${count(rows)} leads`,
    text: `17 columns, five of them flattened out of metadata, with accents, emoji, quotes, newlines and formulas; medians of ${runs}
alternating runs, of memory the most.

Ours are end to end: from the claim to the object that was verified in the store and registered, by the database's clock,
with the formula guard on and times in ISO 8601; xlsx with cell references, real dates and a frozen header. Each file by a
fresh worker process, whose peak of memory is the kernel's (VmHWM) and whose CPU includes its start. psql runs the very
SELECT that the csv is made of. The others render the same rows and upload them by lib-storage in parts of 8 MiB, from the
connection to the upload's end. json and ndjson have the metadata whole and name every field of every row, so their files
are larger; psql's time for their SELECT stands beside the other.

${table(['what', 'seconds', '× psql', 'CPU s', 'peak MB', 'file MB'], lines)}`,
    targets: targetsOf(figures, base, exceljs),
  }
}

function targetsOf(figures: ReadonlyMap<string, Figures>, base: number, exceljs: Figures): Target[] {
  const of = (label: string) => figures.get(label)!
  const peak = worst(cases.map(({ label }) => of(label).peakMb ?? NaN))
  return [
    atMost("csv, of psql's COPY", of('csv').seconds / base, 1),
    atMost("ndjson, of psql's COPY", of('ndjson').seconds / base, 1.2),
    atMost("json, of psql's COPY", of('json').seconds / base, 1.2),
    atMost("csv.gz at level 1, of psql's COPY", of('csv.gz').seconds / base, 1.4),
    atMost("xlsx, of exceljs's time", of('xlsx').seconds / exceljs.seconds, 1 / 5),
    atMost("xlsx, of exceljs's CPU", (of('xlsx').cpu ?? NaN) / (exceljs.cpu ?? NaN), 1 / 4),
    atMost("a worker's memory, every format", peak, 220, 'MB'),
  ]
}
