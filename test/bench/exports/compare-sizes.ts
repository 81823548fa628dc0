import type { BenchWorkspace } from '../../../tools/demo/fill-bench.js'
import { median, worst } from '../measure.js'
import { atMost, count, type Section, table } from '../report.js'
import type { BenchStack } from '../stack.js'
import { type Case, cases, flatSelect } from './cases.js'
import { copyInOrder } from './psql.js'
import { type ExportSample, runExport } from './run-export.js'

/** A workspace and how many leads it has. */
export interface Size {
  rows: number
  workspace: BenchWorkspace
}

/** One file of a larger size: medians, of memory the most. */
interface Growth extends ExportSample {
  label: string
  /** Its time to that of the smaller file, taken right before it and right after, and its memory to the most of those. */
  time: number
  memory: number
  toPsql: number
}

/** Every format at each size, so many times, each between two of the smaller one. */
export async function compareSizes(
  stack: BenchStack,
  base: Size,
  sizes: readonly Size[],
  runs: number,
): Promise<Section> {
  const grown = new Map<Size, Growth[]>()
  for (const size of sizes) grown.set(size, await compareSize(stack, base, size, runs))
  const against = `÷ ${count(base.rows)}`
  const lines = [...grown].flatMap(([{ rows }, files]) =>
    files.map(({ label, seconds, toPsql, time, peakMb, memory, bytes }) => [
      `${label}, ${count(rows)}`,
      seconds.toFixed(1),
      toPsql.toFixed(2),
      time.toFixed(2),
      peakMb.toFixed(0),
      memory.toFixed(2),
      (bytes / 1e6).toFixed(0),
    ]),
  )
  return {
    title: 'Ten times the rows, the same memory',
    text: `Medians of ${runs} of each file, of memory the most; each between two of ${count(base.rows)} rows, with whose mean its time is compared,
and its peak with the largest of theirs; before them all one that is not counted, because a disk is not what is measured. psql is told to walk the index, as our
own sessions are: by itself it sorts so many rows first, in parallel and on disk.

${table(['what', 'seconds', '× psql', `time ${against}`, 'peak MB', `peak ${against}`, 'file MB'], lines)}

Within one file, memory grows by garbage alone: what lives in a worker's heap stays at some 35 MB however long the file is, and Node collects
it the later, the more room it sees.`,
    targets: [...grown].flatMap(([{ rows }, files]) => {
      const factor = rows / base.rows
      const of = `at ${count(rows)}, of ${count(base.rows)}, every format`
      const memory = worst(files.map((file) => file.memory))
      const time = worst(files.map((file) => file.time))
      return factor < 10
        ? [atMost(`memory ${of}`, memory, 1.15)]
        : [atMost(`memory ${of}`, memory, IN_LINE), atMost(`time ${of}`, time, 1.05 * factor)]
    }),
  }
}

/** Of memory at ten times the rows. */
const IN_LINE = 1.25

async function compareSize(stack: BenchStack, base: Size, size: Size, runs: number): Promise<Growth[]> {
  const run = ({ rows, workspace }: Size, file: Case) => runExport(stack, workspace, file, rows)
  const psql = () => copyInOrder(stack, size.workspace.workspaceId, flatSelect)
  await psql()
  const { seconds: psqlSeconds } = await psql()
  const files: Growth[] = []
  for (const file of cases) {
    const smaller = [await run(base, file)]
    const larger: ExportSample[] = []
    const times: number[] = []
    for (let i = 0; i < runs; i++) {
      const [before, sample, after] = [smaller[i]!, await run(size, file), await run(base, file)]
      larger.push(sample)
      smaller.push(after)
      times.push(sample.seconds / ((before.seconds + after.seconds) / 2))
      const taken = [before, sample, after].map(({ seconds }) => seconds.toFixed(1)).join(', ')
      process.stderr.write(`sizes: ${file.label} of ${count(size.rows)} between two smaller: ${taken} s\n`)
    }
    const seconds = median(larger.map((sample) => sample.seconds))
    const peakMb = worst(larger.map((sample) => sample.peakMb))
    files.push({
      label: file.label,
      seconds,
      cpu: median(larger.map(({ cpu }) => cpu)),
      peakMb,
      bytes: larger[0]!.bytes,
      time: median(times),
      memory: peakMb / worst(smaller.map((sample) => sample.peakMb)),
      toPsql: seconds / psqlSeconds,
    })
  }
  return files
}
