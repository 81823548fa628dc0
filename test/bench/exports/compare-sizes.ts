import type { BenchWorkspace } from '../../../tools/demo/fill-bench.js'
import { worst } from '../measure.js'
import { atMost, count, type Section, table } from '../report.js'
import type { BenchStack } from '../stack.js'
import { cases, flatSelect } from './cases.js'
import type { Figures } from './compare-formats.js'
import { copyToNull } from './psql.js'
import { runExport } from './run-export.js'

/** A workspace and how many leads it has. */
export interface Size {
  rows: number
  workspace: BenchWorkspace
}

/**
 * Every format once at each size, its time and its memory against the medians of a smaller one.
 * @param base what the others are compared with
 */
export async function compareSizes(
  stack: BenchStack,
  base: { rows: number; figures: ReadonlyMap<string, Figures> },
  sizes: readonly Size[],
): Promise<Section> {
  const lines: string[][] = []
  const growth = new Map<number, { time: number[]; memory: number[] }>()
  for (const { rows, workspace } of sizes) {
    const grown = { time: [] as number[], memory: [] as number[] }
    const psql = await copyToNull(stack, workspace.workspaceId, flatSelect)
    for (const file of cases) {
      const sample = await runExport(stack, workspace, file, rows)
      const { seconds, peakMb = NaN } = base.figures.get(file.label)!
      grown.time.push(sample.seconds / seconds)
      grown.memory.push(sample.peakMb / peakMb)
      lines.push([
        `${file.label}, ${count(rows)}`,
        sample.seconds.toFixed(1),
        (sample.seconds / psql.seconds).toFixed(2),
        (sample.seconds / seconds).toFixed(2),
        sample.peakMb.toFixed(0),
        (sample.peakMb / peakMb).toFixed(2),
        (sample.bytes / 1e6).toFixed(0),
      ])
      process.stderr.write(`sizes: ${file.label} of ${count(rows)} ${sample.seconds.toFixed(1)} s\n`)
    }
    growth.set(rows, grown)
  }
  const against = `÷ ${count(base.rows)}`
  return {
    title: 'Ten times the rows, the same memory',
    text: `Each file once, beside the medians of ${count(base.rows)} above and psql's time for as many rows.

${table(['what', 'seconds', '× psql', `time ${against}`, 'peak MB', `peak ${against}`, 'file MB'], lines)}`,
    targets: [...growth].flatMap(([rows, { time, memory }]) => {
      const factor = rows / base.rows
      return [
        atMost(`memory at ${count(rows)}, of ${count(base.rows)}, every format`, worst(memory), 1.15),
        atMost(`time at ${count(rows)}, of ${count(base.rows)}, every format`, worst(time), 1.05 * factor),
      ]
    }),
  }
}
