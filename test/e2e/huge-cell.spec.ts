import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { readSheet, readWorkbook } from '../../libs/exports/src/formats/testing/readers.js'
import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { peakMemoryMb } from '../support/programs/usage.js'
import { addLeads } from '../support/samples/leads.js'
import { until } from '../support/until.js'

/** 16 MB that grow in every format: quotes, markup, line feeds, letters of two bytes. */
const UNIT = '"<é\n'
const TIMES = Math.floor((16 * 1024 * 1024) / 5)
const HUGE = UNIT.repeat(TIMES)
const EXCEL_LIMIT = 32_767
/** Seen are 190 to 240 of which a worker without work has about 100. */
const MOST_MB = 400

describe('a cell of 16 MB', () => {
  let context: TestContext
  let demo: TestWorkspace
  let gateway: Program
  let worker: Program
  let api: Client

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    const { workspace, chatbot } = demo
    await addLeads(context.database, workspace.id, chatbot.id, 3)
    // The API takes 16 KB of metadata; what is in the database may come from before, or from elsewhere.
    await context.testDatabase.superuser.query(
      `UPDATE leads SET metadata = jsonb_build_object('note',
         CASE id - (SELECT min(id) FROM leads) WHEN 1 THEN repeat($1, $2) ELSE 'small' END)`,
      [UNIT, TIMES],
    )
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })
  // Each has a worker of its own, whose memory is its format's alone.
  beforeEach(async () => {
    worker = await startProgram('worker', context.env)
  })
  afterEach(() => worker.stop(10_000))

  it.each<[string, object, (file: Buffer) => Promise<unknown[]>]>([
    ['csv', { format: 'csv' }, (file) => Promise.resolve(fromCsv(file))],
    ['csv.gz', { format: 'csv', gzip: true }, (file) => Promise.resolve(fromCsv(gunzipSync(file)))],
    [
      'json',
      { format: 'json' },
      (file) => Promise.resolve((JSON.parse(file.toString()) as Lead[]).map(noteOf)),
    ],
    ['ndjson', { format: 'ndjson' }, (file) => Promise.resolve(fromLines(file))],
    ['ndjson.gz', { format: 'ndjson', gzip: true }, (file) => Promise.resolve(fromLines(gunzipSync(file)))],
    [
      'xlsx',
      { format: 'xlsx' },
      async (file) =>
        readSheet((await readWorkbook(file)).worksheets[0]!)
          .slice(1)
          .flat(),
    ],
  ])(
    'arrives whole as %s, in little memory',
    async (name, options, read) => {
      const asked = { dataset: 'leads', columns: ['metadata.note'], ...options }
      const accepted = await api.post('/exports', asked)
      expect(accepted.status).toBe(202)
      const id = accepted.body.id as string
      const export_ = await until(`export ${id}`, async () => {
        const { body } = await api.get(`/exports/${id}`)
        return ['queued', 'running'].includes(body.state as string) ? null : body
      })
      const isCut = name === 'xlsx'
      expect(export_).toMatchObject({
        state: 'completed',
        rows: 3,
        attempt: 1,
        truncatedCells: isCut ? 1 : 0,
      })
      const link = (await api.get(`/exports/${id}/download`)).headers.get('location')!
      const file = Buffer.from(await (await fetch(link)).arrayBuffer())
      expect(createHash('sha256').update(file).digest('hex')).toBe(export_.sha256)

      const [after, huge, before] = await read(file)
      expect([after, before]).toEqual(['small', 'small'])
      // Compared outside of expect, which would print it.
      expect(huge === (isCut ? HUGE.slice(0, EXCEL_LIMIT) : HUGE)).toBe(true)
      expect(peakMemoryMb(worker.pid!)).toBeLessThan(MOST_MB)
    },
    90_000,
  )
})

interface Lead {
  metadata: { note: string }
}

const noteOf = ({ metadata }: Lead): string => metadata.note

function fromCsv(file: Buffer): string[] {
  const rows: string[][] = parse(file, {})
  return rows.slice(1).flat()
}

const fromLines = (file: Buffer): string[] =>
  file
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => noteOf(JSON.parse(line) as Lead))
