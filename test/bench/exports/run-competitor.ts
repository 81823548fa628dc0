import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { BenchWorkspace } from '../../../tools/demo/fill-bench.js'
import { compiled } from '../../../tools/local-stack/project-root.js'
import type { Sample } from '../measure.js'
import type { BenchStack } from '../stack.js'
import { header, flatSelect } from './cases.js'

/** Scripts of test/bench/competitors. */
export const competitors = {
  'fast-csv': 'fast-csv on a cursor',
  'csv-stringify': 'csv-stringify on a cursor',
  typeorm: "TypeORM's stream, csv-stringify",
  exceljs: 'exceljs, streaming',
} as const
export type Competitor = keyof typeof competitors

/** The same rows by somebody else, end to end into S3, in a process of its own. The file is removed. */
export async function runCompetitor(
  stack: BenchStack,
  { workspaceId }: BenchWorkspace,
  name: Competitor,
  rows: number,
): Promise<Required<Sample>> {
  const key = `bench-${name}`
  const task = {
    BENCH_SELECT: flatSelect,
    BENCH_HEADER: header.join(','),
    BENCH_WORKSPACE: workspaceId,
    BENCH_KEY: key,
  }
  const script = spawn(process.execPath, [compiled(`test/bench/competitors/${name}.js`)], {
    env: { ...process.env, ...stack.env, ...task },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  script.stdout.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = (await once(script, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${name} ended with ${code}`)
  const sample = JSON.parse(said) as Required<Sample> & { rows: number }
  if (sample.rows !== rows) throw new Error(`${name} wrote ${sample.rows} rows, not ${rows}`)
  await stack.store.delete(key)
  return sample
}
