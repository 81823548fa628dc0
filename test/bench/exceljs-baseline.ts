import { S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import ExcelJS from 'exceljs'
import { PassThrough } from 'node:stream'
import pg from 'pg'

/**
 * What most people write: a cursor, exceljs's streaming writer, and lib-storage's upload. Run as a
 * process of its own: `exceljs-baseline.js <bucket> <key>`, with the SELECT in BENCH_SQL.
 */
const [bucket = '', key = ''] = process.argv.slice(2)
const env = (name: string) => process.env[name] ?? ''
const client = new pg.Client({ connectionString: env('DATABASE_URL') })
await client.connect()
await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`)
await client.query(`SELECT set_config('app.workspace', $1, true)`, [env('BENCH_WORKSPACE')])
await client.query(`DECLARE rows NO SCROLL CURSOR FOR ${env('BENCH_SQL')}`)

const store = new S3Client({
  endpoint: env('S3_ENDPOINT'),
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: env('S3_ACCESS_KEY_ID'), secretAccessKey: env('S3_SECRET_ACCESS_KEY') },
  requestChecksumCalculation: 'WHEN_REQUIRED',
})
const body = new PassThrough()
const uploaded = new Upload({
  client: store,
  params: { Bucket: bucket, Key: key, Body: body },
  partSize: 8 * 1024 * 1024,
}).done()
const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: body, useStyles: true })
let sheet: ExcelJS.Worksheet | undefined
for (;;) {
  const { rows, fields } = await client.query({ text: 'FETCH 5000 FROM rows', rowMode: 'array' })
  if (sheet === undefined) {
    sheet = workbook.addWorksheet('Sheet1')
    sheet.addRow(fields.map(({ name }) => name)).commit()
  }
  if (rows.length === 0) break
  for (const row of rows as unknown[][]) sheet.addRow(row).commit()
}
await workbook.commit()
await uploaded
await client.end()
store.destroy()
const { maxRSS } = process.resourceUsage()
process.stdout.write(`${JSON.stringify({ peakMb: (maxRSS * 1024) / 1e6 })}\n`)
