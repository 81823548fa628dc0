import { S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { Stringifier } from 'csv-stringify'
import { PassThrough } from 'node:stream'
import pg from 'pg'
import QueryStream from 'pg-query-stream'

/** What the benchmark tells a competitor's process by its environment. */
export const task = {
  databaseUrl: process.env['DATABASE_URL'] ?? '',
  select: process.env['BENCH_SELECT'] ?? '',
  /** Names of the columns. */
  header: (process.env['BENCH_HEADER'] ?? '').split(','),
  workspaceId: process.env['BENCH_WORKSPACE'] ?? '',
}

/**
 * Uploads what is written by lib-storage, as most people do, and says what it took.
 * @param write ends the body, and answers how many rows it wrote
 */
export async function compete(write: (body: PassThrough) => Promise<number>): Promise<void> {
  const began = performance.now()
  const store = new S3Client({
    endpoint: process.env['S3_ENDPOINT'],
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: process.env['S3_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: process.env['S3_SECRET_ACCESS_KEY'] ?? '',
    },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  const body = new PassThrough()
  const params = { Bucket: process.env['S3_BUCKET'], Key: process.env['BENCH_KEY'], Body: body }
  const upload = new Upload({ client: store, params, partSize: 8 * 1024 * 1024 })
  const [rows] = await Promise.all([write(body), upload.done()])
  store.destroy()
  const seconds = (performance.now() - began) / 1000
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, peakMb: (maxRSS * 1024) / 1e6 }
  process.stdout.write(`${JSON.stringify({ rows, seconds, ...usage })}\n`)
}

/** A connection in a snapshot of the workspace. */
export async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: task.databaseUrl })
  await client.connect()
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await client.query(`SELECT set_config('app.workspace', $1, true)`, [task.workspaceId])
  return client
}

/** The rows of the SELECT by a cursor, as arrays. */
export const cursorOf = (client: pg.Client): QueryStream =>
  client.query(new QueryStream(task.select, [], { batchSize: 5000, rowMode: 'array' }))

/** Times as ours are: ISO 8601, where these libraries would write local ones or numbers. */
export const isoTimes = (row: unknown[]): unknown[] =>
  row.map((value) => (value instanceof Date ? value.toISOString() : value))

/** Rows written so far; csv-stringify keeps them to itself in its types. */
export const recordsOf = (csv: Stringifier): number =>
  (csv as Stringifier & { info: { records: number } }).info.records
