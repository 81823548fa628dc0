import { Client } from '../support/api/client.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { mailAbout, mailsIn } from '../support/mail/mails.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { addLeads } from '../support/samples/leads.js'
import { startMailbox } from '../../tools/local-stack/mailbox/server.js'
import { freePort } from '../../tools/local-stack/ports.js'

describe('a part that is down', () => {
  let context: TestContext
  let gateway: Program
  let worker: Program
  let demo: TestWorkspace
  let api: Client
  let smtpPort: number

  beforeAll(async () => {
    smtpPort = await freePort()
    context = await TestContext.create('postgres', { SMTP_URL: `smtp://127.0.0.1:${smtpPort}` })
    demo = await context.workspace('demo', 'en')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 500)
    worker = await startProgram('worker', context.env)
    gateway = await startProgram('gateway', context.env)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await worker.stop(10_000)
    await context.close()
  })

  it('S3 down: accepted at once, the status says why it waits, and it completes when S3 returns; SMTP likewise', async () => {
    await context.s3.close()
    const accepted = await api.post('/exports', { dataset: 'leads', format: 'csv' })
    expect(accepted.status).toBe(202)
    const id = accepted.body.id as string
    const waiting = await until('the reason', async () => {
      const { body } = await api.get(`/exports/${id}`)
      return body.error === null ? null : body
    })
    expect(waiting).toMatchObject({ state: 'queued', error: { code: 'storage_unavailable' } })

    await context.s3.restart()
    await context.testDatabase.superuser.query(`UPDATE exports SET not_before = now()`)
    await until('completion', async () => (await api.get(`/exports/${id}`)).body.state === 'completed')

    // Nothing listens on the SMTP port yet: the export is done all the same, and the mail waits.
    await until('a try to mail', async () => {
      const { rows } = await context.testDatabase.superuser.query(
        'SELECT FROM mail_outbox WHERE attempts > 0',
      )
      return rows.length > 0
    })
    const mailbox = await startMailbox({ dataDir: `${context.s3.dataDir}-late-mail`, smtpPort, httpPort: 0 })
    await context.testDatabase.superuser.query(`UPDATE mail_outbox SET not_before = now()`)
    const mail = await mailAbout(mailbox, id)
    expect(mail.subject).toContain('Your export is ready')
    expect(await mailsIn(mailbox)).toHaveLength(1)
    await mailbox.close()
  })

  it('an export that was given up is mailed about, tried again when asked, and mailed about once more', async () => {
    const mailbox = await startMailbox({ dataDir: `${context.s3.dataDir}-retry-mail`, smtpPort, httpPort: 0 })
    await context.s3.close()
    const id = (await api.post('/exports', { dataset: 'leads', format: 'csv' })).body.id as string
    const stateOf = async () => (await api.get(`/exports/${id}`)).body.state as string
    const early = await api.post(`/exports/${id}/retry`, undefined)
    expect([early.status, early.body.code, early.body.details.field]).toEqual([409, 'CONFLICT', 'id'])
    await context.testDatabase.superuser.query(
      `UPDATE exports SET tried_since = now() - interval '25 hours', deferrals = greatest(deferrals, 1), not_before = now() WHERE id = $1`,
      [id],
    )
    await until('it to fail', async () => (await stateOf()) === 'failed')
    expect((await mailAbout(mailbox, id)).subject).toContain('could not complete')

    // Still down: what counts is the time since it was asked for again.
    expect((await api.post(`/exports/${id}/retry`, undefined)).body).toMatchObject({
      state: 'queued',
      error: null,
    })
    await until('the reason', async () => (await api.get(`/exports/${id}`)).body.error !== null)
    expect(await stateOf()).toBe('queued')
    await context.s3.restart()
    await context.testDatabase.superuser.query(`UPDATE exports SET not_before = now()`)
    await until('completion', async () => (await stateOf()) === 'completed')
    await until('both mails', async () => (await mailsIn(mailbox)).length === 2)
    expect((await api.post(`/exports/${id}/retry`, undefined)).status).toBe(409)
    const missing = await api.post('/exports/exp_0000000000000000/retry', undefined)
    expect([missing.status, missing.body.details.field]).toEqual([404, 'id'])
    await mailbox.close()
  })

  it('an export that no message announced is found by the sweeper', async () => {
    await worker.stop(10_000)
    const accepted = await api.post('/exports', { dataset: 'leads', format: 'csv' })
    await context.testDatabase.superuser.query('DELETE FROM bullmq.job')
    worker = await startProgram('worker', context.env)
    await until(
      'completion',
      async () => (await api.get(`/exports/${accepted.body.id}`)).body.state === 'completed',
    )
  })

  it('a worker killed in the middle: another takes over after the lease, and nothing doubles', async () => {
    await worker.stop(10_000)
    const { body } = await api.post('/exports', { dataset: 'leads', format: 'csv' })
    // As a worker that died right after its claim leaves it.
    await context.testDatabase.superuser.query(
      `UPDATE exports SET state = 'running', epoch = 1, lease_until = now() + interval '1 s' WHERE id = $1`,
      [body.id],
    )
    worker = await startProgram('worker', context.env)
    const done = await until('completion', async () => {
      const answer = await api.get(`/exports/${body.id}`)
      return answer.body.state === 'completed' ? answer.body : null
    })
    expect(done).toMatchObject({ attempt: 2, rows: 500 })
    const { rows } = await context.testDatabase.superuser.query(
      'SELECT FROM archive_files WHERE export_id = $1',
      [body.id],
    )
    expect(rows).toHaveLength(1)
  })

  it('a gateway or worker on another queue refuses to start beside these', async () => {
    const elsewhere = {
      ...context.env,
      QUEUE_URL: 'redis://127.0.0.1:1/0',
      PORT: String(await freePort()),
      ADMIN_PORT: String(await freePort()),
    }
    await expect(startProgram('gateway', elsewhere)).rejects.toThrow(/uses a different queue/)
    await expect(startProgram('worker', elsewhere)).rejects.toThrow(/uses a different queue/)

    // A restart of the database ends every connection, also the ones that tell which queue these use.
    const spellsQueu = 0x51554555
    const told = await context.testDatabase.superuser.query<{ pid: number }>(
      `SELECT pid, pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = $1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [spellsQueu],
    )
    expect(told.rows).toHaveLength(2)
    await until('both to tell it anew', async () => {
      const anew = await context.testDatabase.superuser.query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND pid <> ALL ($2)
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [spellsQueu, told.rows.map(({ pid }) => pid)],
      )
      return anew.rowCount === 2
    })
    await expect(startProgram('worker', elsewhere)).rejects.toThrow(/uses a different queue/)
  })

  it('a wrong configuration is one message that names every wrong variable, and exit code 1', async () => {
    const { PUBLIC_URL: _url, ...missing } = context.env
    const start = startProgram('worker', { ...missing, SMTP_URL: 'http://x' })
    await expect(start).rejects.toThrow(/exited with code 1[^]*SMTP_URL[^]*PUBLIC_URL is missing/)
  })

  it('a taken port is named', async () => {
    await expect(startProgram('gateway', context.env)).rejects.toThrow(
      new RegExp(`exited with code 1[^]*${context.config.PORT}`),
    )
  })
})
