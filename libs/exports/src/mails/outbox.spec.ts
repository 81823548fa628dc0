import { Logger } from '@nestjs/common'
import { TestContext, type TestWorkspace } from '../../../../test/support/context.js'
import { addDueMails } from '../../../../test/support/samples/mails.js'
import { reply, smtpServer, type TestSmtp } from '../../../../test/support/mail/smtp-servers.js'
import { Mailer, Metrics } from '#core'
import { MailMetrics } from '../metrics/mail-metrics.js'
import { MailClaimsService } from './mail-claims.service.js'
import { OutboxService } from './outbox.service.js'

describe('the outbox', () => {
  let context: TestContext
  let demo: TestWorkspace
  let claims: MailClaimsService
  let server: TestSmtp

  beforeAll(async () => {
    // Mails that are not sent are what is tested.
    Logger.overrideLogger(false)
    context = await TestContext.create()
    demo = await context.workspace('demo')
    claims = new MailClaimsService(context.database, context.config)
  })
  afterAll(() => context.close())
  afterEach(async () => {
    await server.close()
    await sql('TRUNCATE exports, archive_files, mail_outbox')
  })

  const sql = (text: string) => context.testDatabase.superuser.query<Record<string, unknown>>(text)
  const mails = async () =>
    (
      await sql(
        'SELECT state, reason, reply, attempts, not_before > now() AS waits FROM mail_outbox ORDER BY id',
      )
    ).rows
  const serve = async (hooks: Parameters<typeof smtpServer>[0] = {}) => {
    server = await smtpServer(hooks)
  }
  const sender = (mailClaims = claims) => {
    const config = { ...context.config, SMTP_URL: server.url, SMTP_TIMEOUT_SECONDS: 5 }
    return new OutboxService(mailClaims, new Mailer(config), new MailMetrics(new Metrics()), config)
  }
  /** As it is for whoever was frozen past the lease, and another took the mail over. */
  const takenOver = () => sql('UPDATE mail_outbox SET attempts = attempts + 1')

  it('senders side by side send each mail once', async () => {
    await serve()
    const ids = await addDueMails(context, demo, 12)
    const send = async (outbox: OutboxService) => {
      while ((await outbox.sendNext()) !== null);
    }
    await Promise.all([sender(), sender(), sender()].map(send))
    expect(server.taken).toHaveLength(12)
    for (const id of ids) expect(server.taken.filter((text) => text.includes(`<${id}.`))).toHaveLength(1)
    expect((await mails()).every(({ state }) => state === 'sent')).toBe(true)
  })

  it('one whose mail was taken over drops the connection, and changes nothing', async () => {
    await serve({ onRcptTo: (_address, _session, done) => void takenOver().then(() => done()) })
    await addDueMails(context, demo, 1)
    expect(await sender().sendNext()).toBe('held')
    expect(server.taken).toEqual([])
    expect(await mails()).toMatchObject([{ state: 'sending', attempts: 2 }])
  })

  it('one whose mail was taken over after the final dot says that it is sent, and the other withholds it', async () => {
    let other: Promise<unknown> = Promise.resolve()
    let first = true
    await serve({
      onTaken: async () => {
        if (!first) return
        first = false
        await sql(`UPDATE mail_outbox SET lease_until = now() - interval '1 s'`)
        // The other has claimed it, and comes to its own final dot when this one is answered.
        other = sender().sendNext()
        while ((await mails())[0]!['attempts'] !== 2) await new Promise((resolve) => setTimeout(resolve, 10))
      },
      onMailFrom: (_address, _session, done) => {
        if (first) return done()
        const until = async (): Promise<void> => {
          while ((await mails())[0]!['state'] !== 'sent')
            await new Promise((resolve) => setTimeout(resolve, 10))
        }
        void until().then(() => done())
      },
    })
    await addDueMails(context, demo, 1)
    expect(await sender().sendNext()).toBe('sent')
    expect(await other).toBe('held')
    expect(server.taken).toHaveLength(1)
    expect(await mails()).toMatchObject([{ state: 'sent' }])
  })

  it('a database that is away when a mail was sent makes it no second mail, also while the worker drains', async () => {
    let taken = (): void => undefined
    await serve({ onTaken: () => Promise.resolve(taken()) })
    await addDueMails(context, demo, 1)
    // A stand-in: the real database can't be made to fail for this one statement.
    let failures = 2
    const sent: MailClaimsService['sent'] = (mail) =>
      failures-- > 0 ? Promise.reject(new Error('Connection terminated unexpectedly')) : claims.sent(mail)
    const unsteady = Object.assign(new MailClaimsService(context.database, context.config), { sent })
    const outbox = sender(unsteady)
    taken = () => outbox.drain()
    expect(await outbox.sendNext()).toBe('sent')
    expect(server.taken).toHaveLength(1)
    expect(await mails()).toMatchObject([{ state: 'sent' }])
  })

  it('a recipient who is refused ends that mail and no other', async () => {
    let refused = false
    await serve({
      onRcptTo: (_address, _session, done) => {
        done(refused ? null : reply(550))
        refused = true
      },
    })
    await addDueMails(context, demo, 2)
    const outbox = sender()
    expect([await outbox.sendNext(), await outbox.sendNext(), await outbox.sendNext()]).toEqual([
      'refused',
      'sent',
      null,
    ])
    expect(await mails()).toMatchObject([
      { state: 'failed', reason: 'mail_refused', reply: 550 },
      { state: 'sent', reason: null, reply: null },
    ])
  })

  it('a server that takes nothing from us is tried with one mail, and the others are left alone', async () => {
    await serve({ onMailFrom: (_address, _session, done) => done(reply(554)) })
    await addDueMails(context, demo, 2)
    const outbox = sender()
    expect([await outbox.sendNext(), await outbox.sendNext()]).toEqual(['unavailable', null])
    expect(await mails()).toMatchObject([
      { state: 'queued', reason: 'mail_server_unavailable', reply: 554, attempts: 1, waits: true },
      { state: 'queued', reason: null, attempts: 0, waits: false },
    ])
  })

  it('a mail that is put off is given up after three days', async () => {
    await serve({ onRcptTo: (_address, _session, done) => done(reply(450)) })
    await addDueMails(context, demo, 1)
    expect(await sender().sendNext()).toBe('put_off')
    expect(await mails()).toMatchObject([{ state: 'queued', reason: 'mail_put_off', waits: true }])
    await sql(`UPDATE mail_outbox SET not_before = now(), tried_since = now() - interval '73 hours'`)
    expect(await sender().sendNext()).toBe('put_off')
    expect(await mails()).toMatchObject([{ state: 'failed', reason: 'mail_put_off', reply: 450 }])
  })

  it('a mail that waited for a sender for long has its three days from the first try', async () => {
    await serve({ onRcptTo: (_address, _session, done) => done(reply(450)) })
    await addDueMails(context, demo, 1)
    await sql(`UPDATE mail_outbox SET tried_since = now() - interval '73 hours'`)
    for (const _ of [1, 2]) {
      expect(await sender().sendNext()).toBe('put_off')
      expect(await mails()).toMatchObject([{ state: 'queued', reason: 'mail_put_off' }])
      await sql(`UPDATE mail_outbox SET not_before = now()`)
    }
  })

  it('a worker that shuts down gives back what has no final dot yet', async () => {
    let drain = (): void => undefined
    await serve({ onRcptTo: () => drain() })
    await addDueMails(context, demo, 1)
    const outbox = sender()
    drain = () => outbox.drain()
    expect(await outbox.sendNext()).toBe('held')
    expect(await outbox.sendNext()).toBeNull()
    expect(await mails()).toMatchObject([{ state: 'queued', reason: null, waits: false }])
    expect(server.taken).toEqual([])
  })

  it('a worker that shuts down waits for the answer to a final dot', async () => {
    let drain = (): void => undefined
    await serve({ onTaken: () => Promise.resolve(drain()) })
    await addDueMails(context, demo, 1)
    const outbox = sender()
    drain = () => outbox.drain()
    expect(await outbox.sendNext()).toBe('sent')
    expect(await mails()).toMatchObject([{ state: 'sent' }])
  })

  it('a failure says why although the export has been tried again since', async () => {
    await serve()
    await addDueMails(context, demo, 1, 'export_failed')
    await sql(`UPDATE exports SET state = 'queued', reason = NULL, retries = 1`)
    expect(await sender().sendNext()).toBe('sent')
    const html = server.taken[0]!.replaceAll('=\r\n', '')
    expect(html).toContain('m=C3=A1s de lo permitido')
  })
})
