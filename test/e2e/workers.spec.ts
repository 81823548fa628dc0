import { createHash } from 'node:crypto'
import { Client } from '../support/api/client.js'
import { backends, TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addLeads } from '../support/samples/leads.js'
import { until } from '../support/until.js'

// Each test starts several processes.
jest.setTimeout(120_000)

const LEADS = 20_000

interface Row {
  id: string
  state: string
  worker: string
  rows_done: string
  sha256: string
  crashes: number
}

for (const { backend, suite } of backends) {
  suite(`workers beside each other, with the queue on ${backend}`, () => {
    let context: TestContext
    let demo: TestWorkspace
    let gateway: Program
    let api: Client
    let workers: Program[] = []

    beforeAll(async () => {
      context = await TestContext.create(backend, { EXPORT_LEASE_SECONDS: '2', WORKER_CONCURRENCY: '1' })
      demo = await context.workspace('demo')
      await addLeads(context.database, demo.workspace.id, demo.chatbot.id, LEADS)
      await sql('UPDATE workspaces SET max_running_exports = 50, max_waiting_exports = 100')
      gateway = await startProgram('gateway', context.env)
      api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    }, 60_000)
    afterEach(async () => {
      await Promise.all(workers.map((worker) => worker.stop(10_000)))
      workers = []
      await sql('TRUNCATE exports CASCADE')
    })
    afterAll(async () => {
      await gateway.stop(10_000)
      await context.close()
    })

    const sql = <R extends object>(text: string) => context.testDatabase.superuser.query<R>(text)
    const rows = async () => (await sql<Row>('SELECT * FROM exports ORDER BY accepted_at')).rows
    const start = async (queues?: string) => {
      const env = queues === undefined ? context.env : { ...context.env, WORKER_QUEUES: queues }
      const worker = await startProgram('worker', env)
      workers.push(worker)
      return worker
    }
    const accept = async () => {
      const { status, body } = await api.post('/exports', { dataset: 'leads', format: 'csv' })
      expect(status).toBe(202)
      return body.id as string
    }
    const says = ({ lines }: Program, text: string) => lines.some((line) => line.includes(text))

    it('each serves the queues of its WORKER_QUEUES and no other', async () => {
      const mails = await start('mail')
      const id = await accept()
      const sweeps = () => mails.lines.filter((line) => line.includes('"announce-due-work"')).length
      await until('it to be announced to nobody, again and again', () => sweeps() >= 2)
      expect((await rows())[0]).toMatchObject({ id, state: 'queued' })

      const renderer = await start('exports, archive')
      await until('the mail', async () => {
        const { rowCount } = await sql(`SELECT FROM mail_outbox WHERE state = 'sent'`)
        return rowCount === 1
      })
      expect((await rows())[0]).toMatchObject({ id, state: 'completed' })
      // A line arrives through a pipe, later than the row that it tells of is there.
      await until(
        'both to have said it',
        () => says(mails, '"mail sent"') && says(renderer, '"export claimed"'),
      )
      expect([says(mails, '"export claimed"'), says(renderer, '"mail sent"')]).toEqual([false, false])
    })

    it('four share the work, and killing three of them loses nothing', async () => {
      for (let n = 0; n < 4; n++) await start()
      const ids: string[] = []
      for (let n = 0; n < 24; n++) ids.push(await accept())
      const shares = await until('each of the four to have one', async () => {
        const taken = new Map<string, number>()
        for (const { worker } of await rows()) if (worker) taken.set(worker, (taken.get(worker) ?? 0) + 1)
        return taken.size === 4 ? taken : null
      })
      expect(shares.size).toBe(4)
      for (const { pid } of workers.slice(1)) process.kill(pid!, 'SIGKILL')
      const done = await until('all to be completed', async () => {
        const found = await rows()
        return found.every(({ state }) => state === 'completed') ? found : null
      })
      expect(done.map(({ id }) => id)).toEqual(ids)
      const [first] = done
      for (const { id, rows_done, sha256 } of done) {
        expect(rows_done).toBe(String(LEADS))
        const link = (await api.get(`/exports/${id}/download`)).headers.get('location')!
        const file = Buffer.from(await (await fetch(link)).arrayBuffer())
        expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
        expect(sha256).toBe(first!.sha256)
      }
      await until('each to be mailed once', async () => {
        const { rows: mails } = await sql<{ n: number; exports: number }>(
          `SELECT count(*)::int AS n, count(DISTINCT export_id)::int AS exports FROM mail_outbox WHERE state = 'sent'`,
        )
        return mails[0]!.n === ids.length && mails[0]!.exports === ids.length
      })
    })
  })
}
