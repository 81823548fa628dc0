import { Client } from '../support/api/client.js'
import { backends, TestContext, type TestWorkspace } from '../support/context.js'
import { cli } from '../support/programs/cli.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addLeads } from '../support/samples/leads.js'
import { until } from '../support/until.js'

// Each command is a process of its own.
jest.setTimeout(90_000)

interface Told {
  check: string
  ok: boolean
  found: string
  advice?: string
}

for (const { backend, suite } of backends) {
  suite(`an operator at the command line, with the queue on ${backend}`, () => {
    let context: TestContext
    let demo: TestWorkspace
    let gateway: Program
    let worker: Program | undefined
    let api: Client

    beforeAll(async () => {
      context = await TestContext.create(backend)
      demo = await context.workspace('demo')
      await context.workspace('other')
      await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 3)
      gateway = await startProgram('gateway', context.env)
      api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
    }, 60_000)
    afterEach(async () => {
      await worker?.stop(10_000)
      worker = undefined
    })
    afterAll(async () => {
      await gateway.stop(10_000)
      await context.close()
    })

    const leadferry = (...words: string[]) => cli(context.env, ...words)
    const json = async <T>(...words: string[]) => JSON.parse(await leadferry(...words, '--json')) as T
    const accept = async () =>
      (await api.post('/exports', { dataset: 'leads', format: 'csv' })).body.id as string
    const state = async (id: string) => (await api.get(`/exports/${id}`)).body.state as string
    const sql = (text: string, values: unknown[] = []) => context.testDatabase.superuser.query(text, values)

    it('lists exports, shows, cancels and retries them', async () => {
      const [first, second] = [await accept(), await accept()]
      const listed = await json<{ id: string; workspace: string; state: string }[]>('export', 'list')
      expect(listed.map(({ id }) => id)).toEqual([second, first])
      expect(listed[0]).toMatchObject({ workspace: 'demo', state: 'queued' })
      expect(await leadferry('export', 'list', '--workspace', 'other')).toBe('none\n')
      expect(await json('export', 'list', '--state', 'failed')).toEqual([])
      expect(await leadferry('export', 'list', '--limit', '1')).toMatch(
        new RegExp(`^ID .*\\n${second}  demo`),
      )

      expect(await json('export', 'cancel', first)).toEqual({ id: first, state: 'cancelled' })
      expect(await state(first)).toBe('cancelled')
      await expect(leadferry('export', 'retry', first)).rejects.toThrow('error: ')
      await sql(
        `UPDATE exports SET state = 'failed', finished_at = now(), reason = 'timed_out' WHERE id = $1`,
        [second],
      )
      expect(await leadferry('export', 'retry', second)).toBe(`${second} is queued.\n`)
      expect(await json('export', 'show', second)).toMatchObject({
        id: second,
        state: 'queued',
        reason: null,
      })
      // Whom it goes to, and what was asked for, is nobody's business here.
      expect(await leadferry('export', 'show', second)).not.toContain('@')
      await expect(leadferry('export', 'show', 'exp_0000000000000000')).rejects.toThrow('error: id: ')
      await sql('TRUNCATE exports CASCADE')
    })

    it('pauses, drains, replays and resumes a queue, and loses nothing', async () => {
      const queue = async (name: string) =>
        (await json<{ queue: string }[]>('queue', 'list')).find((each) => each.queue === name)
      const id = await accept()
      expect(await queue('exports')).toMatchObject({ waiting: 1, running: 0, paused: false })
      expect(await leadferry('queue', 'pause', 'exports')).toBe('exports is paused.\n')
      worker = await startProgram('worker', context.env)
      const sweeps = () => worker!.lines.filter((line) => line.includes('"announce-due-work"')).length
      await until('it to be announced to a paused queue', () => (sweeps() >= 2 ? true : null))
      expect(await state(id)).toBe('queued')
      expect(await queue('exports')).toMatchObject({ waiting: 1, paused: true })

      const { dropped } = await json<{ dropped: number }>('queue', 'drain', 'exports')
      expect(dropped).toBeGreaterThan(0)
      expect(await json('queue', 'replay', 'exports')).toEqual({ queue: 'exports', announced: 1 })
      expect(await state(id)).toBe('queued')
      await leadferry('queue', 'resume', 'exports')
      await until('it', async () => ((await state(id)) === 'completed' ? true : null))
      expect(await queue('exports')).toMatchObject({ waiting: 0, paused: false })
      await expect(leadferry('queue', 'pause', 'nothing')).rejects.toThrow(
        'Allowed choices are exports, mail, archive',
      )
    })

    it('has the doctor find a sound house', async () => {
      worker = await startProgram('worker', context.env)
      await until('a janitor', async () => ((await sql('SELECT FROM janitors')).rowCount ?? 0) > 0 || null)
      const told = await json<Told[]>('doctor')
      expect(told.filter(({ ok }) => !ok)).toEqual([])
      expect(told.map(({ check }) => check)).toEqual([
        'database',
        'queue',
        'storage',
        'instance',
        'mail',
        'clock',
        'workers',
        'gateway',
      ])
      expect(await leadferry('doctor')).toMatch(/^ok {5}database: PostgreSQL \d+/)
    })

    it('is told by the doctor what is wrong, and what to do', async () => {
      const wrong = async (env: Record<string, string>): Promise<Record<string, Told>> => {
        const text = await cli({ ...context.env, ...env }, 'doctor', '--json').catch((error: unknown) =>
          String(error)
            .split('\n')
            .find((line) => line.startsWith('['))!,
        )
        const found = (JSON.parse(text) as Told[]).filter(({ ok }) => !ok)
        return Object.fromEntries(found.map((each) => [each.check, each]))
      }
      const database = await wrong({ DATABASE_URL: 'postgres://leadferry_app:x@127.0.0.1:1/leadferry' })
      expect(database['database']!.found).toContain(
        'DATABASE_URL: no connection to PostgreSQL at 127.0.0.1:1',
      )
      expect(database['database']!.advice).toContain('Start PostgreSQL')

      const storage = await wrong({ S3_SECRET_ACCESS_KEY: 'not-the-secret', SMTP_URL: 'smtp://127.0.0.1:1' })
      expect(Object.keys(storage).sort()).toEqual(['instance', 'mail', 'storage'])
      expect(storage['storage']!.advice).toContain('S3_ENDPOINT')
      expect(storage['mail']!.found).toContain('ECONNREFUSED')

      const away = { QUEUE_URL: 'redis://127.0.0.1:1' }
      expect((await wrong(away))['queue']!.found).toMatch(/^the queue is not there: .*ECONNREFUSED/)
      await expect(cli({ ...context.env, ...away }, 'queue', 'list')).rejects.toThrow(
        'error: the queue is not there: ',
      )

      const elsewhere = await wrong({
        S3_PUBLIC_ENDPOINT: 'http://127.0.0.1:1',
        PUBLIC_URL: 'http://127.0.0.1:1',
      })
      expect(Object.keys(elsewhere).sort()).toEqual(['gateway', 'storage'])
      expect(elsewhere['storage']!.advice).toContain('S3_PUBLIC_ENDPOINT')

      await leadferry('queue', 'pause', 'mail')
      expect((await wrong({}))['queue']!.advice).toContain('leadferry queue resume mail')
      await leadferry('queue', 'resume', 'mail')

      expect((await wrong({ SMTP_URL: 'http://x', APP_SECRET: '' }))['configuration']!.found).toMatch(
        /^(APP_SECRET|SMTP_URL)/,
      )
    })
  })
}
