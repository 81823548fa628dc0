import { json, Refusals, type Refused } from '../../support/api/refusals.js'
import { type BodyEndpoint, bodyEndpoints } from './bodies.js'

interface Item {
  item: string
  body: (endpoint: BodyEndpoint) => string | Buffer
  refused: (endpoint: BodyEndpoint) => Refused
  headers?: Record<string, string>
  chunked?: boolean
}

const syntax = (): Refused => ({ code: 'INVALID_JSON' })
const whole = (): Refused => ({})
const tooLarge = (): Refused => ({ status: 413, code: 'PAYLOAD_TOO_LARGE' })
const mediaType = (): Refused => ({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' })
const field = (name: string) => (): Refused => ({ field: name })
const textField = ({ text }: BodyEndpoint): Refused => ({ field: text })

const valid = (endpoint: BodyEndpoint) => JSON.stringify(endpoint.valid)
/** The valid body with one more member, as it is written. */
const plus = (member: string) => (endpoint: BodyEndpoint) => `${valid(endpoint).slice(0, -1)},${member}}`
/** The valid body with its text field as it is written. */
const withText = (text: string) => (endpoint: BodyEndpoint) =>
  JSON.stringify({ ...endpoint.valid, [endpoint.text]: null }).replace('null', text)
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

const items: Item[] = [
  { item: 'truncated JSON', body: (endpoint) => valid(endpoint).slice(0, -3), refused: syntax },
  { item: 'no JSON at all', body: () => 'name=John', refused: syntax },
  { item: 'two JSON texts', body: (endpoint) => valid(endpoint) + valid(endpoint), refused: syntax },
  ...['[]', '[{}]', '"text"', '1', 'true', 'null'].map((body) => ({
    item: `not an object: ${body}`,
    body: () => body,
    refused: whole,
  })),
  ...['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/jsonp', ''].map(
    (type) => ({
      item: `the content type ${type === '' ? 'absent' : type}`,
      body: valid,
      headers: { 'Content-Type': type },
      refused: mediaType,
    }),
  ),
  {
    item: 'a compressed body',
    body: valid,
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    refused: mediaType,
  },
  {
    item: 'over 256 KB by its Content-Length',
    body: withText(`"${'x'.repeat(262_144)}"`),
    refused: tooLarge,
  },
  {
    item: 'over 256 KB in chunks',
    body: withText(`"${'x'.repeat(262_144)}"`),
    chunked: true,
    refused: tooLarge,
  },
  { item: 'depth over 32', body: plus(`"deep":${nested(32)}`), refused: field('deep') },
  { item: 'depth of 100,000', body: plus(`"deep":${nested(100_000)}`), refused: field('deep') },
  { item: 'depth of 100,000 and no object', body: () => nested(100_000), refused: field('0') },
  { item: 'depth of 200,000, never closed', body: () => '['.repeat(200_000), refused: syntax },
  { item: '__proto__ as a key', body: plus('"__proto__":{"admin":true}'), refused: field('__proto__') },
  {
    item: '__proto__ as a key, escaped',
    body: plus('"\\u005f_proto__":{}'),
    refused: field('__proto__'),
  },
  {
    item: '__proto__ as a key further down',
    body: plus('"metadata":{"a":[{"__proto__":1}]}'),
    refused: field('metadata.a.0.__proto__'),
  },
  { item: 'constructor as a key', body: plus('"constructor":{}'), refused: field('constructor') },
  { item: 'prototype as a key', body: plus('"prototype":{}'), refused: field('prototype') },
  { item: 'a duplicate key', body: plus('"x":1,"x":1'), refused: field('x') },
  { item: 'a duplicate key, escaped', body: plus('"x":1,"\\u0078":2'), refused: field('x') },
  {
    item: 'a duplicate of a known key',
    body: (endpoint) => plus(valid(endpoint).slice(1, -1))(endpoint),
    refused: ({ valid }) => ({ field: Object.keys(valid)[0] }),
  },
  {
    item: 'a duplicate key further down',
    body: plus('"metadata":{"a":{"b":1,"b":2}}'),
    refused: field('metadata.a.b'),
  },
  { item: 'NUL in a value', body: withText('"a\\u0000b"'), refused: textField },
  { item: 'NUL in a key', body: plus('"a\\u0000b":1'), refused: field('a\0b') },
  { item: 'a bare NUL', body: withText('"a\0b"'), refused: syntax },
  { item: 'a lone high surrogate', body: withText('"\\ud83d"'), refused: textField },
  { item: 'a lone low surrogate', body: withText('"a\\ude00b"'), refused: textField },
  { item: 'a lone surrogate in a key', body: plus('"a\\ud83d":1'), refused: field('a\ud83d') },
  {
    item: 'invalid UTF-8',
    body: (endpoint) => Buffer.from(withText('"\xe1"')(endpoint), 'latin1'),
    refused: syntax,
  },
  {
    item: 'overlong UTF-8',
    body: (endpoint) => Buffer.from(withText('"\xc0\xaf"')(endpoint), 'latin1'),
    refused: syntax,
  },
  {
    item: 'a surrogate in UTF-8',
    body: (endpoint) => Buffer.from(withText('"\xed\xa0\x80"')(endpoint), 'latin1'),
    refused: syntax,
  },
  { item: 'UTF-16', body: (endpoint) => Buffer.from(`\ufeff${valid(endpoint)}`, 'utf16le'), refused: syntax },
  { item: '1e400 where a text is meant', body: withText('1e400'), refused: textField },
  { item: 'NaN', body: withText('NaN'), refused: syntax },
  { item: 'an unknown field', body: plus('"foo":1'), refused: field('foo') },
  { item: 'an unknown field in other case', body: plus('"EMAIL":"x"'), refused: field('EMAIL') },
]

let gateway: Refusals
beforeAll(async () => {
  gateway = await Refusals.start()
}, 60_000)
afterAll(() => gateway.close())

describe.each(bodyEndpoints)('$name', (endpoint) => {
  const { method, path } = endpoint

  it.each(items)('refuses $item', async ({ body, headers, chunked, refused }) => {
    const call = { ...json(body(endpoint)), ...(headers && { headers }), chunked }
    await gateway.expectRefused({ method, path: path(gateway), ...call }, refused(endpoint))
  })

  it.each(['', ' \n'])('refuses the empty body %j', async (body) => {
    // get-leads may have all of its parameters in the query, and misses the one it needs.
    const needed = endpoint.text === 'chatbotId' ? 'chatbotId' : undefined
    await gateway.expectRefused({ method, path: path(gateway), ...json(body) }, { field: needed })
  })

  it('says 401 before it looks at any of this', async () => {
    const call = { method, path: path(gateway), ...json('{') }
    const headers = { 'Content-Type': 'text/plain', Authorization: 'Bearer sk-workspace_x' }
    await gateway.expectRefused({ ...call, headers }, { status: 401, code: 'UNAUTHORIZED' })
  })
})
