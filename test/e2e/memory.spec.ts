import { fork } from 'node:child_process'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { compiled } from '../../tools/local-stack/project-root.js'
import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { anonymousMemoryMb, openFiles } from '../support/programs/usage.js'
import { addLeads } from '../support/samples/leads.js'
import { until } from '../support/until.js'

/** With the text that each of them gets, a file of them has some 11 MB: two parts of an upload. */
const LEADS = 1_500
/** MB that a process may gain in so many rounds of work, after those that warm it up. The full measure is `npm run bench -- --only soak`. */
const GROWTH_MB = 40
const ROUNDS = 3
const WARM_UPS = 2
/** Of 17 MiB: three parts each, of which the last one is small. */
const UPLOADS = 40

const kinds = [
  { format: 'csv' },
  { format: 'ndjson' },
  { format: 'json' },
  { format: 'xlsx' },
  { format: 'csv', gzip: true },
  { format: 'json', gzip: true },
]

describe('memory over many large files', () => {
  let context: TestContext
  let gateway: Program
  let worker: Program
  let demo: TestWorkspace
  let api: Client
  /** Of exports that are completed. */
  const completed: string[] = []

  beforeAll(async () => {
    context = await TestContext.create('postgres', { DOWNLOADS: 'proxy', RATE_LIMIT_PER_MINUTE: '0' })
    demo = await context.workspace('demo')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, LEADS)
    await context.testDatabase.superuser.query(
      `UPDATE leads SET metadata = metadata || jsonb_build_object('note',
         (SELECT string_agg(md5(leads.id::text || n), '') FROM generate_series(1, 230) n))`,
    )
    worker = await startProgram('worker', context.env)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 120_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await worker.stop(10_000)
    await context.close()
  })

  const request = async (kind: object): Promise<string> => {
    const { body } = await api.post('/exports', { dataset: 'leads', ...kind })
    return body.id as string
  }
  const leaves = (id: string, ...states: string[]) =>
    until(`the export not to be ${states.join(' or ')}`, async () => {
      const state = (await api.get(`/exports/${id}`)).body.state as string
      return !states.includes(state) && state
    })

  async function exportEachKind(): Promise<void> {
    for (const kind of kinds) {
      const id = await request(kind)
      expect(await leaves(id, 'queued', 'running')).toBe('completed')
      completed.push(id)
    }
    const cancelled = await request(kinds[1]!)
    await leaves(cancelled, 'queued')
    await api.post(`/exports/${cancelled}/cancel`, undefined)
  }

  async function readAndDownload(): Promise<void> {
    const list = `${context.config.PUBLIC_URL}/api/v1/get-leads?chatbotId=${demo.chatbot.id}&size=100`
    const headers = { Authorization: `Bearer ${demo.key}` }
    for (let n = 0; n < 10; n++) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => fetch(list, { headers })))
      for (const answer of answers) expect((await answer.json()) as object).toHaveProperty('data')
    }
    for (const [n, id] of completed.slice(0, kinds.length).entries()) await download(id, n % 3 === 0)
  }

  async function download(id: string, isBrokenOff: boolean): Promise<void> {
    const { headers } = await api.get(`/exports/${id}/download`)
    const [answer] = (await once(get(headers.get('location')!, { agent: false }), 'response')) as [
      IncomingMessage,
    ]
    expect(answer.statusCode).toBe(200)
    let bytes = 0
    for await (const chunk of answer) {
      bytes += (chunk as Buffer).length
      if (isBrokenOff && bytes > 1_000_000) return
    }
    expect(bytes).toBe(Number(answer.headers['content-length']))
  }

  /** MB that a program gains while the work is done again and again. */
  async function growthOf({ pid }: Program, work: () => Promise<void>): Promise<number> {
    for (let round = 0; round < WARM_UPS; round++) await work()
    const before = anonymousMemoryMb(pid!)
    for (let round = 0; round < ROUNDS; round++) await work()
    return anonymousMemoryMb(pid!) - before
  }

  it('an uploader keeps its memory over files of several parts', async () => {
    const args = [JSON.stringify(context.config), String(UPLOADS), '17']
    const program = fork(compiled('test/support/programs/upload-many.js'), args)
    const [looks] = (await once(program, 'message')) as [number[]]
    // With buffers that were shared with the hash thread it gained 17 MB with each file, and half of them at once now and then.
    const middle = looks[UPLOADS / 4]!
    expect(Math.max(...looks.slice(UPLOADS / 4)) - middle).toBeLessThan(GROWTH_MB)
  }, 120_000)

  it('a worker keeps its memory over exports of every format', async () => {
    expect(await growthOf(worker, exportEachKind)).toBeLessThan(GROWTH_MB)
  }, 300_000)

  it('a gateway keeps its memory and its files over lists and downloads, some of them broken off', async () => {
    expect(await growthOf(gateway, readAndDownload)).toBeLessThan(GROWTH_MB)
    // Connections of a round are closed by now, or serve the next one.
    const after = openFiles(gateway.pid!)
    await readAndDownload()
    await until('the connections to be closed', () => openFiles(gateway.pid!) <= after)
  }, 120_000)
})
