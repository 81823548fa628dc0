import { json, Refusals } from '../../support/api/refusals.js'

const wrong: [string, unknown][] = [
  ['CRLF', 'ana@example.com\r\nBcc: evil@example.com'],
  ['LF at its end', 'ana@example.com\n'],
  ['an encoded CRLF', 'ana@example.com%0d%0aBcc:evil@example.com'],
  ['a comma', 'ana@example.com,evil@example.com'],
  ['a semicolon', 'ana@example.com;evil@example.com'],
  ['a space', 'ana@example.com evil@example.com'],
  ['a group', 'all: ana@example.com, evil@example.com;'],
  ['a display name', 'Ana <ana@example.com>'],
  ['a list', ['ana@example.com', 'evil@example.com']],
  ['an object', { address: 'ana@example.com' }],
  ['a comment', 'ana(evil@example.com)@example.com'],
  ['a quoted local part', '"ana@example.com, evil"@example.com'],
  ['an address literal', 'ana@[127.0.0.1]'],
  ['a source route', '@evil.example,@example.com:ana@example.com'],
  ['a percent sign and a second @', 'ana%evil.example@example.com@evil.example'],
  ['NUL', 'ana@example.com\0'],
  ['a lone surrogate', 'ana\ud800@example.com'],
  ['look-alike letters', 'аna@example.com'],
  ['nothing in it', ''],
  ['null', null],
  ['over 254 characters', `a@${'x.'.repeat(130)}com`],
]

let gateway: Refusals
beforeAll(async () => {
  gateway = await Refusals.start()
}, 60_000)
afterAll(() => gateway.close())

const ask = (recipient: unknown) => ({
  method: 'POST',
  path: '/exports',
  ...json({ dataset: 'leads', format: 'csv', recipient }),
})

it.each(wrong)('refuses a recipient with %s', async (_, recipient) => {
  await gateway.expectRefused(ask(recipient), { field: 'recipient' })
})

it.each(['somebody@example.com', 'owner-other@example.com', 'owner-demo@example.com.evil.example'])(
  'refuses %s, who is not on the list',
  async (recipient) => {
    const refused = { status: 403, code: 'RECIPIENT_NOT_ALLOWED', field: 'recipient' }
    await gateway.expectRefused(ask(recipient), refused)
  },
)

it('takes the owner, in whatever case', async () => {
  const { status } = await gateway.send(ask(gateway.demo.owner.toUpperCase()))
  expect(status).toBe(202)
})
