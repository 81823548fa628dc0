import { listener, reply, smtpServer, type TestSmtp } from '../../../../test/support/mail/smtp-servers.js'
import { type Mail, Mailer, type Reins } from './mailer.js'

const mail: Mail = {
  to: 'ana@example.com',
  subject: 'Ready',
  text: 'a text\n.\nwith a dot on a line of its own',
  html: '<p>a text</p>',
  messageId: '<exp_1.0@example.com>',
}
const reins = (changes: Partial<Reins> = {}): Reins => ({
  signal: new AbortController().signal,
  mayEnd: () => Promise.resolve(true),
  ...changes,
})
const mailer = (url: string, answerSeconds?: number) =>
  new Mailer(
    { SMTP_URL: url, MAIL_FROM: 'Leadferry <no-reply@example.com>', SMTP_TIMEOUT_SECONDS: 1 },
    answerSeconds,
  )

const opened: Pick<TestSmtp, 'close'>[] = []
async function using<T extends Pick<TestSmtp, 'close'>>(server: Promise<T>): Promise<T> {
  const started = await server
  opened.push(started)
  return started
}
afterEach(() => Promise.all(opened.splice(0).map((server) => server.close())))

it('sends the whole mail, once', async () => {
  const server = await using(smtpServer())
  await mailer(server.url).send(mail, reins())
  expect(server.taken).toHaveLength(1)
  expect(server.taken[0]).toContain('with a dot on a line of its own')
  expect(server.taken[0]).toContain(`Message-ID: ${mail.messageId}`)
})

it('waits for the answer to the final dot longer than for any other: the server may have delivered it', async () => {
  const server = await using(smtpServer({ onTaken: () => new Promise((taken) => setTimeout(taken, 3000)) }))
  await mailer(server.url).send(mail, reins())
  expect(server.taken).toHaveLength(1)
})

it('gives a server that is slow its time for each reply', async () => {
  const slowly = (_: unknown, _session: unknown, done: () => void) => void setTimeout(done, 700)
  const server = await using(smtpServer({ onMailFrom: slowly, onRcptTo: slowly }))
  await mailer(server.url).send(mail, reins())
  expect(server.taken).toHaveLength(1)
})

describe('a mail that is not sent', () => {
  it.each<[string, Parameters<typeof smtpServer>[0], object]>([
    ['a greeting of 554', { onConnect: (_, done) => done(reply(554)) }, { fault: 'unavailable', reply: 554 }],
    [
      'a login of 535',
      { onAuth: (_login, _session, done) => done(reply(535)) },
      { fault: 'unavailable', reply: 535 },
    ],
    [
      'a sender of 550',
      { onMailFrom: (_address, _session, done) => done(reply(550)) },
      { fault: 'unavailable', reply: 550 },
    ],
    [
      'a sender of 451',
      { onMailFrom: (_address, _session, done) => done(reply(451)) },
      { fault: 'unavailable', reply: 451 },
    ],
    [
      'a recipient of 550',
      { onRcptTo: (_address, _session, done) => done(reply(550, 'unknown: ana@example.com')) },
      { fault: 'refused', reply: 550 },
    ],
    [
      'a recipient of 450, as greylisting has it',
      { onRcptTo: (_address, _session, done) => done(reply(450)) },
      { fault: 'put_off', reply: 450 },
    ],
    [
      'a recipient of 530: log in first',
      { onRcptTo: (_address, _session, done) => done(reply(530)) },
      { fault: 'unavailable', reply: 530 },
    ],
    ['a text of 554', { onTaken: () => Promise.reject(reply(554)) }, { fault: 'refused', reply: 554 }],
    ['a text of 452', { onTaken: () => Promise.reject(reply(452)) }, { fault: 'put_off', reply: 452 }],
    [
      'a server that closes down after the text',
      { onTaken: () => Promise.reject(reply(421)) },
      { fault: 'unavailable', reply: 421 },
    ],
    [
      'no answer to the text',
      { onTaken: () => new Promise(() => undefined) },
      { fault: 'put_off', reply: null },
    ],
  ])('%s', async (_, hooks, expected) => {
    const server = await using(smtpServer(hooks))
    const sent = mailer(server.url, 1).send(mail, reins())
    await expect(sent).rejects.toMatchObject(expected)
    // Errors are logged, and logs hold no address.
    await expect(sent).rejects.not.toThrow(/@/)
  })

  it('nobody listens', async () => {
    await expect(mailer('smtp://127.0.0.1:1').send(mail, reins())).rejects.toMatchObject({
      fault: 'unavailable',
      code: 'ESOCKET',
    })
  })

  it.each<[string, Parameters<typeof listener>[0]]>([
    ['never greets', () => undefined],
    ['hangs up instead of greeting', (socket) => socket.end()],
    ['greets, and then is silent', (socket) => socket.write('220 here\r\n')],
    ['speaks something else', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('who listens %s', async (_, meet) => {
    const server = await using(listener(meet))
    await expect(mailer(server.url).send(mail, reins())).rejects.toMatchObject({ fault: 'unavailable' })
  })

  it.each([
    ['before the final dot', 'Subject:'],
    ['after the final dot', '\r\n.\r\n'],
  ])('the connection breaks %s', async (_, sign) => {
    const server = await using(
      listener((socket) => {
        socket.write('220 here\r\n')
        let text = ''
        socket.on('data', (piece) => {
          text += piece.toString()
          if (text.includes(sign)) socket.destroy()
          else if (!text.includes('Subject:'))
            socket.write(text.endsWith('DATA\r\n') ? '354 go on\r\n' : '250 ok\r\n')
        })
      }),
    )
    await expect(mailer(server.url).send(mail, reins())).rejects.toMatchObject({
      fault: 'put_off',
      code: 'ECONNECTION',
    })
  })
})

describe('a mail that is held back', () => {
  it.each<[string, Reins['mayEnd']]>([
    ['not ours any more', () => Promise.resolve(false)],
    ['perhaps not ours: nobody answers', () => Promise.reject(new Error('the database is away'))],
  ])('%s, at the last moment: the server gets no final dot', async (_, mayEnd) => {
    const server = await using(smtpServer())
    await expect(mailer(server.url).send(mail, reins({ mayEnd }))).rejects.toMatchObject({
      fault: 'withheld',
    })
    await server.close()
    expect(server.taken).toEqual([])
  })

  it('asks only once the server waits for the text', async () => {
    const asked: string[] = []
    const server = await using(
      smtpServer({
        onRcptTo: (_address, _session, done) => {
          asked.push('recipient')
          setTimeout(done, 50)
        },
        onTaken: () => Promise.resolve(void asked.push('taken')),
      }),
    )
    const mayEnd = () => Promise.resolve(asked.push('may it end?') > 0)
    await mailer(server.url).send(mail, reins({ mayEnd }))
    expect(asked).toEqual(['recipient', 'may it end?', 'taken'])
  })

  it('is dropped on the way', async () => {
    const stop = new AbortController()
    const server = await using(smtpServer({ onRcptTo: () => stop.abort() }))
    await expect(mailer(server.url).send(mail, reins({ signal: stop.signal }))).rejects.toMatchObject({
      fault: 'withheld',
    })
    expect(server.taken).toEqual([])
  })

  it('waits for the answer once the final dot is sent, whatever comes', async () => {
    const stop = new AbortController()
    const server = await using(smtpServer({ onTaken: () => Promise.resolve(stop.abort()) }))
    await mailer(server.url).send(mail, reins({ signal: stop.signal }))
    expect(server.taken).toHaveLength(1)
  })
})
