import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Database, newExportId } from '#core'
import { Export, type FormatName } from '#exports'
import { type ColumnChoice, datasetQuery } from '#leads'
import type { BenchWorkspace } from '../../tools/demo/fill-bench.js'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { type ExportSample, runExport } from './export-run.js'
import { median, type Sample, timeCommand } from './measure.js'
import type { BenchStack } from './stack.js'

const FLATTENED = ['utm_source', 'utm_campaign', 'company', 'job_title', 'notes']
const columns: ColumnChoice = { flattened: FLATTENED, rest: false }
const cases = [
  { label: 'csv', format: 'csv', gzip: false },
  { label: 'csv.gz', format: 'csv', gzip: true },
  { label: 'ndjson', format: 'ndjson', gzip: false },
  { label: 'json', format: 'json', gzip: false },
  { label: 'xlsx', format: 'xlsx', gzip: false },
] as const

/**
 * Every format end to end into S3 against `psql COPY … csv` of the same SELECT, and xlsx against exceljs,
 * alternating.
 * @returns a table
 */
export async function benchExports(
  stack: BenchStack,
  { workspaceId, apiKeyId }: BenchWorkspace,
  { rows, runs, exceljs: withExceljs }: { rows: number; runs: number; exceljs: boolean },
): Promise<string[]> {
  const { sql } = datasetQuery('leads', 'flat', {}, columns)
  const psql: Sample[] = []
  const exceljs: (Sample & { peakMb: number })[] = []
  const exports = new Map<string, ExportSample[]>(cases.map(({ label }) => [label, []]))
  // Once before anything is counted, so that every run finds the same warm cache.
  await psqlCopy(stack, workspaceId, sql)
  for (let run = 0; run < runs; run++) {
    psql.push(await psqlCopy(stack, workspaceId, sql))
    for (const { label, format, gzip } of cases) {
      const id = await enqueue(stack.database, workspaceId, apiKeyId, format, gzip)
      const sample = await runExport(stack.database, stack.env, id)
      if (sample.rows !== rows) throw new Error(`${label} has ${sample.rows} rows, not ${rows}`)
      exports.get(label)!.push(sample)
    }
    if (withExceljs) exceljs.push(exceljsRun(stack, workspaceId, sql, run))
    process.stdout.write(`exports: run ${run + 1} of ${runs} done\n`)
  }
  return table(rows, runs, psql, exceljs, exports)
}

async function psqlCopy(stack: BenchStack, workspaceId: string, sql: string): Promise<Sample> {
  const copy = `COPY (${sql}) TO STDOUT (FORMAT csv)`
  const args = [
    '-X',
    '-q',
    '-v',
    'ON_ERROR_STOP=1',
    '-c',
    `SET app.workspace = '${workspaceId}'`,
    '-c',
    copy,
    stack.psqlUrl,
  ]
  return timeCommand('psql', args)
}

/** Written as the service would, without a gateway: the benchmark is of the worker. */
async function enqueue(
  database: Database,
  workspaceId: string,
  apiKeyId: string,
  format: FormatName,
  gzip: boolean,
): Promise<string> {
  const id = newExportId()
  await database.tenantEntities(workspaceId, (entities) =>
    entities.insert(Export, {
      id,
      workspaceId,
      apiKeyId,
      dataset: 'leads',
      format,
      gzip,
      filter: {},
      options: {
        columns,
        timeZone: format === 'xlsx' ? 'America/Lima' : 'UTC',
        csv: { profile: 'machine', raw: false },
      },
      requestHash: id,
      recipientName: 'Bench',
      recipientEmail: 'bench@example.com',
      locale: 'en',
    }),
  )
  return id
}

function exceljsRun(
  stack: BenchStack,
  workspaceId: string,
  sql: string,
  run: number,
): Sample & { peakMb: number } {
  const script = join(projectRoot(), 'dist/test/bench/exceljs-baseline.js')
  const began = performance.now()
  const done = spawnSync(process.execPath, [script, stack.env['S3_BUCKET']!, `bench/exceljs-${run}.xlsx`], {
    env: { ...process.env, ...stack.env, BENCH_SQL: sql, BENCH_WORKSPACE: workspaceId },
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`exceljs: ${done.stderr}`)
  return { seconds: (performance.now() - began) / 1000, ...(JSON.parse(done.stdout) as { peakMb: number }) }
}

function table(
  rows: number,
  runs: number,
  psql: Sample[],
  exceljs: (Sample & { peakMb: number })[],
  exports: Map<string, ExportSample[]>,
): string[] {
  const base = median(psql.map(({ seconds }) => seconds))
  const baseline = exceljs.length === 0 ? undefined : median(exceljs.map(({ seconds }) => seconds))
  const line = (label: string, seconds: number, peak?: number, mb?: number) =>
    [
      label.padEnd(26),
      seconds.toFixed(2).padStart(8),
      (seconds / base).toFixed(2).padStart(9),
      (baseline === undefined ? '' : (baseline / seconds).toFixed(1)).padStart(12),
      (peak === undefined ? '' : Math.round(peak).toString()).padStart(9),
      (mb === undefined ? '' : Math.round(mb).toString()).padStart(9),
    ].join(' ')
  const peakOf = (samples: Sample[]) => Math.max(...samples.map(({ peakMb }) => peakMb ?? NaN))
  return [
    `${rows.toLocaleString('en')} leads, 17 columns, ${runs} alternating runs, medians (memory: the worst run)`,
    '',
    `${'what'.padEnd(26)} ${'seconds'.padStart(8)} ${'× psql'.padStart(9)} ${'exceljs ÷'.padStart(12)} ${'peak MB'.padStart(9)} ${'file MB'.padStart(9)}`,
    line('psql COPY csv > /dev/null', base),
    ...[...exports].map(([label, samples]) =>
      line(
        `${label} into S3`,
        median(samples.map(({ seconds }) => seconds)),
        peakOf(samples),
        samples[0]!.bytes / 1e6,
      ),
    ),
    ...(baseline === undefined ? [] : [line('exceljs streaming into S3', baseline, peakOf(exceljs))]),
  ]
}
