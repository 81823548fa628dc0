import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Mailer } from '#core'
import { type Mailbox, startMailbox } from '../../../tools/local-stack/mailbox/server.js'
import { mailsIn } from '../mail/mails.js'
import { type Proxy, startProxy } from './proxy.js'

describe('SMTP behind a proxy', () => {
  let folder: string
  let mailbox: Mailbox
  let proxy: Proxy
  let mailer: Mailer

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadferry-'))
    mailbox = await startMailbox({ dataDir: folder, smtpPort: 0, httpPort: 0 })
    proxy = await startProxy(mailbox.smtpUrl)
    mailer = new Mailer({
      SMTP_URL: proxy.via(mailbox.smtpUrl),
      MAIL_FROM: 'from@example.com',
      SMTP_TIMEOUT_SECONDS: 60,
    })
  })
  afterEach(async () => {
    await proxy.close()
    await mailbox.close()
    await rm(folder, { recursive: true })
  })

  const send = (subject: string) =>
    mailer.send(
      {
        to: 'to@example.com',
        subject,
        // Longer than what is read at once, with a line that begins with a dot.
        text: `\n.\n${'x'.repeat(70)}\n`.repeat(5000),
        html: '<p>.</p>',
        messageId: `<${subject}@example.com>`,
      },
      { signal: new AbortController().signal, mayEnd: () => Promise.resolve(true) },
    )
  const subjects = async () => (await mailsIn(mailbox)).map(({ subject }) => subject)

  it('passes', async () => {
    await send('passed')
    expect(await subjects()).toEqual(['passed'])
  })

  it('cutBeforeDot: the sender fails and no mail is there', async () => {
    proxy.use({ how: 'cutBeforeDot', times: 1 })
    await expect(send('cut')).rejects.toThrow()
    expect(await subjects()).toEqual([])
    await send('again')
    expect(await subjects()).toEqual(['again'])
    expect([proxy.mode.how, proxy.stats.struck]).toEqual(['pass', { cutBeforeDot: 1 }])
  })

  it('cutAfterDot: the sender fails and the mail is there, once', async () => {
    proxy.use({ how: 'cutAfterDot', times: 1 })
    await expect(send('cut')).rejects.toThrow()
    expect(await subjects()).toEqual(['cut'])
    await send('again')
    expect(await subjects()).toEqual(['again', 'cut'])
    expect([proxy.mode.how, proxy.stats.struck]).toEqual(['pass', { cutAfterDot: 1 }])
  })

  it.each(['refuse', 'stall'] as const)('%s: no mail, until it passes', async (how) => {
    proxy.use({ how })
    const sent = send('waits').then(
      () => 'sent',
      () => 'failed',
    )
    if (how === 'refuse') expect(await sent).toBe('failed')
    expect(await subjects()).toEqual([])
    proxy.use({ how: 'pass' })
    if (how === 'stall') expect(await sent).toBe('sent')
  })
})
