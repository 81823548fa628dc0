import { setTimeout as sleep } from 'node:timers/promises'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { addDueMails } from '../support/samples/mails.js'
import { smtpServer, type TestSmtp } from '../support/mail/smtp-servers.js'

let context: TestContext
let demo: TestWorkspace
let server: TestSmtp
/** Lets the server answer the one recipient whom it keeps waiting. */
let answer: (() => void) | undefined
const workers: Program[] = []

beforeAll(async () => {
  server = await smtpServer({
    onRcptTo: (_address, _session, done) => {
      if (answer === undefined) answer = () => done()
      else done()
    },
  })
  const more = { SMTP_URL: server.url, EXPORT_LEASE_SECONDS: '2', DRAIN_SECONDS: '1' }
  context = await TestContext.create('postgres', more)
  demo = await context.workspace('demo')
}, 60_000)
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop(10_000)))
  await context.testDatabase.superuser.query('TRUNCATE exports, archive_files, mail_outbox')
  server.taken.length = 0
  answer = undefined
})
afterAll(async () => {
  await server.close()
  await context.close()
})

const start = async (env: Record<string, string> = {}): Promise<Program> => {
  const worker = await startProgram('worker', { ...context.env, ...env })
  workers.push(worker)
  return worker
}
const states = async (): Promise<string[]> => {
  const text = 'SELECT state FROM mail_outbox ORDER BY state'
  const { rows } = await context.testDatabase.superuser.query<{ state: string }>(text)
  return rows.map(({ state }) => state)
}
const underWay = () => until('a mail under way', () => answer !== undefined)

it('a worker that is frozen past its lease: another sends the mail, and the one that wakes up does not', async () => {
  await addDueMails(context, demo, 1)
  // It sweeps once: a worker that is frozen in a sweep would keep others from theirs.
  const frozen = await start({ SWEEP_SECONDS: '3600' })
  await underWay()
  process.kill(frozen.pid!, 'SIGSTOP')
  await start()
  await until('the other to send it', async () => (await states())[0] === 'sent')
  expect(server.taken).toHaveLength(1)

  answer!()
  process.kill(frozen.pid!, 'SIGCONT')
  await until('it to give up', () => frozen.lines.some((line) => line.includes('withheld')))
  await sleep(200)
  expect(server.taken).toHaveLength(1)
  expect(await states()).toEqual(['sent'])
  expect(frozen.lines.join('\n')).not.toContain('@example.com')
}, 60_000)

it('a mail that stalls holds no other up, and is given back when its worker has to go', async () => {
  await addDueMails(context, demo, 3)
  const worker = await start()
  await underWay()
  // The server has a mail before its worker can say so.
  await until('the others to be sent', async () => (await states()).join() === 'sending,sent,sent')
  expect(server.taken).toHaveLength(2)
  await worker.stop(10_000)
  expect(await worker.exited).not.toContain('SIGKILL')
  expect(await states()).toEqual(['queued', 'sent', 'sent'])
  expect(server.taken).toHaveLength(2)
}, 60_000)
