import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { SendMailOptions } from 'nodemailer'
import type { Mail, MailSummary } from './mail.js'
import { startMailbox } from './server.js'
import type { Mailbox } from './server.js'

let dataDir: string
let mailbox: Mailbox

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mailbox-'))
  mailbox = await startMailbox({ dataDir, smtpPort: 0, httpPort: 0 })
})

afterEach(async () => {
  await mailbox.close()
  rmSync(dataDir, { recursive: true })
})

const hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'

async function send(mail: SendMailOptions = {}): Promise<void> {
  const transport = createTransport(mailbox.smtpUrl)
  await transport.sendMail({ from: 'Leadferry <no-reply@example.com>', to: 'ana@example.com', ...mail })
  transport.close()
}

async function get(path: string): Promise<{ status: number; body: string; headers: Headers }> {
  const answer = await fetch(mailbox.url + path)
  return { status: answer.status, body: await answer.text(), headers: answer.headers }
}

async function list(): Promise<MailSummary[]> {
  return JSON.parse((await get('/api/messages')).body) as MailSummary[]
}

async function newest(): Promise<Mail> {
  const [summary] = await list()
  return JSON.parse((await get(`/api/messages/${summary?.id}`)).body) as Mail
}

/** An SMTP client that is about to send the mail itself. */
async function beginMail() {
  const socket = connect(Number(new URL(mailbox.smtpUrl).port), '127.0.0.1').setEncoding('latin1')
  let replies = ''
  socket.on('data', (text: string) => (replies += text))
  const replied = async (pattern: RegExp) => {
    while (!pattern.test(replies)) await once(socket, 'data')
  }
  await replied(/^220 /m)
  socket.write('HELO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n')
  await replied(/^354 /m)
  return { socket, replied }
}

it('shows a mail as it was meant', async () => {
  await send({
    subject: 'Tu exportación está lista 📈',
    text: 'Descárgala aquí',
    html: '<p>Descárgala <a href="http://127.0.0.1:1/d/token">aquí</a></p>',
    date: new Date('2024-02-29T12:00:00Z'),
    messageId: '<export-1@example.com>',
  })
  const mail = await newest()
  expect(mail).toMatchObject({
    to: ['ana@example.com'],
    from: 'Leadferry <no-reply@example.com>',
    subject: 'Tu exportación está lista 📈',
    date: '2024-02-29T12:00:00.000Z',
    text: 'Descárgala aquí\n',
    html: expect.stringContaining('<a href="http://127.0.0.1:1/d/token">aquí</a>') as string,
  })
  expect(mail.headers['message-id']).toBe('<export-1@example.com>')
  expect(mail.headers.subject).toBe('Tu exportación está lista 📈')
})

it('names the recipients of the envelope, hidden ones too', async () => {
  await send({ to: 'ana@example.com', cc: 'bo@example.com', bcc: 'hidden@example.com' })
  expect((await newest()).to).toEqual(['ana@example.com', 'bo@example.com', 'hidden@example.com'])
})

it('lists the newest first, each under an id of its own, also when many arrive at once', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => send({ subject: `mail ${n}` })))
  await send({ subject: 'the last' })
  const mails = await list()
  expect(new Set(mails.map(({ id }) => id)).size).toBe(21)
  expect(mails[0]?.subject).toBe('the last')
  expect(new Set(mails.map(({ subject }) => subject)).size).toBe(21)
  for (const { id } of mails) expect(encodeURIComponent(id)).toBe(id)
})

it('keeps mails over a restart, and their order', async () => {
  await send({ subject: 'first' })
  await send({ subject: 'second' })
  await mailbox.close()
  mailbox = await startMailbox({ dataDir, smtpPort: 0, httpPort: 0 })
  await send({ subject: 'third' })
  expect((await list()).map(({ subject }) => subject)).toEqual(['third', 'second', 'first'])
})

it('keeps the mail byte for byte, in a file and as its source', async () => {
  await send({ subject: 'source', text: '..dots\r\n.\r\nend' })
  const { id } = await newest()
  const { body, headers } = await get(`/messages/${id}/raw`)
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(body).toBe(readFileSync(join(dataDir, `${id}.eml`), 'utf8'))
  expect(body).toContain('Subject: source\r\n')
  expect(body).toMatch(/\r\n\.\.dots\r\n\.\r\nend\r\n$/)
})

it('does not let a mail into the page', async () => {
  await send({
    from: { name: hostile, address: 'evil@example.com' },
    subject: hostile,
    text: hostile,
    html: hostile,
  })
  const { id, subject } = await newest()
  expect(subject).toBe(hostile)
  for (const path of ['/', `/messages/${id}`, `/messages/${id}?view=text`, `/messages/${id}?view=headers`]) {
    const { status, body, headers } = await get(path)
    expect(status).toBe(200)
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img')
    expect(body).not.toMatch(/<script>|<img/)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
  }
})

it('shows the HTML in a sandbox from which links open', async () => {
  await send({
    html: '<html><head class="x"><title>t</title></head><body><a href="https://example.com">go</a></body></html>',
  })
  const { id } = await newest()
  const { body } = await get(`/messages/${id}`)
  expect(body).toMatch(/<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/)
  const frame = await get(`/messages/${id}/html`)
  expect(frame.body).toContain('<head class="x"><base target="_blank"><title>')
  expect(frame.headers.get('content-security-policy')).toContain(
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  )
  expect(frame.headers.get('content-security-policy')).not.toMatch(
    /allow-scripts|allow-same-origin|script-src/,
  )
})

it('answers 404 for what is not there, and empties itself', async () => {
  await send()
  const { id } = await newest()
  const answer = await fetch(`${mailbox.url}/api/messages`, { method: 'DELETE' })
  expect(answer.status).toBe(200)
  expect(await list()).toEqual([])
  expect(readdirSync(dataDir)).toEqual([])
  for (const path of [`/api/messages/${id}`, '/api/messages/..%2Fx', '/nothing']) {
    const { status, body } = await get(path)
    expect([status, JSON.parse(body)]).toEqual([404, { error: 'Not found' }])
  }
  expect((await get(`/messages/${id}`)).status).toBe(404)
  expect((await get('/')).body).toContain('No mail yet')
})

it('refuses a mail of more than 20 MiB, and keeps nothing of it', async () => {
  // Without the size that nodemailer would announce, so that the server has to count.
  const { socket, replied } = await beginMail()
  socket.write(`Subject: huge\r\n\r\n${`${'x'.repeat(1022)}\r\n`.repeat(20 * 1024)}\r\n.\r\n`)
  await replied(/^552 /m)
  socket.destroy()
  expect(await list()).toEqual([])
  expect(readdirSync(dataDir)).toEqual([])
})

it('keeps nothing of a mail whose sender dies', async () => {
  const { socket } = await beginMail()
  socket.end('Subject: half\r\n\r\nhalf a mai')
  await once(socket, 'close')
  await send({ subject: 'whole' })
  expect((await list()).map(({ subject }) => subject)).toEqual(['whole'])
})

it('names a port that is taken, and leaves the other one free', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const { port } = squatter.address() as AddressInfo
  await expect(startMailbox({ dataDir, smtpPort: port, httpPort: 0 })).rejects.toThrow(
    `mailbox SMTP: port ${port} on 127.0.0.1 is taken`,
  )
  await expect(startMailbox({ dataDir, smtpPort: 0, httpPort: port })).rejects.toThrow(
    `mailbox page: port ${port} on 127.0.0.1 is taken`,
  )
  squatter.close()
})

it('closes at once, with clients connected', async () => {
  const idle = connect(Number(new URL(mailbox.smtpUrl).port), '127.0.0.1')
  await once(idle, 'data')
  const ended = once(idle, 'close')
  await mailbox.close()
  await ended
  await expect(fetch(mailbox.url)).rejects.toThrow('fetch failed')
})
