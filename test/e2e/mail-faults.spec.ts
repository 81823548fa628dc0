import { setTimeout as sleep } from 'node:timers/promises'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram, until } from '../support/programs.js'
import { addDueMails } from '../support/sample-mails.js'
import { smtpServer, type TestSmtp } from '../support/smtp-servers.js'

describe('a worker that is frozen while it sends a mail', () => {
  let context: TestContext
  let demo: TestWorkspace
  let server: TestSmtp
  /** Lets the server answer the first recipient. */
  let answer: (() => void) | undefined
  const workers: Program[] = []

  beforeAll(async () => {
    let connections = 0
    server = await smtpServer({
      onRcptTo: (_address, _session, done) => {
        connections += 1
        if (connections === 1) answer = () => done()
        else done()
      },
    })
    context = await TestContext.create('postgres', { SMTP_URL: server.url, EXPORT_LEASE_SECONDS: '2' })
    demo = await context.workspace('demo')
  }, 60_000)
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.stop(10_000)))
    await server.close()
    await context.close()
  })

  const mailState = async () =>
    (await context.testDatabase.superuser.query<{ state: string }>('SELECT state FROM mail_outbox')).rows[0]!
      .state

  it('past its lease: another sends the mail, and the one that wakes up does not', async () => {
    await addDueMails(context, demo, 1)
    // It sweeps once: a worker that is frozen in a sweep would keep others from theirs.
    const frozen = await startProgram('worker', { ...context.env, SWEEP_SECONDS: '3600' })
    workers.push(frozen)
    await until('a mail under way', () => Promise.resolve(answer !== undefined))
    process.kill(frozen.pid!, 'SIGSTOP')
    workers.push(await startProgram('worker', context.env))
    await until('the other to send it', async () => (await mailState()) === 'sent')
    expect(server.taken).toHaveLength(1)

    answer!()
    process.kill(frozen.pid!, 'SIGCONT')
    await until('it to give up', () =>
      Promise.resolve(frozen.lines.some((line) => line.includes('withheld'))),
    )
    await sleep(200)
    expect(server.taken).toHaveLength(1)
    expect(await mailState()).toBe('sent')
    expect(frozen.lines.join('\n')).not.toContain('@example.com')
  }, 60_000)
})
