import * as fc from 'fast-check'
import { type Draft, headerText } from './draft.js'
import type { Mutation } from './mutation.js'
import { nastyText } from './nasty.js'
import { Reference } from './pools.js'

const odd: [name: string, ...values: string[]][] = [
  ['Accept', 'text/html', 'application/xml;q=0.9', '*/*;q=0', ''],
  ['Accept-Encoding', 'gzip', 'identity;q=0, *;q=0', 'br;q=x'],
  ['Accept-Language', 'en', 'es-PE,es;q=0.9', '*', 'en;q=0', 'x'.repeat(4000), 'en;q=1e9', ',,,;;;', '-'],
  ['Content-Encoding', 'gzip', 'identity', 'br, gzip', ''],
  [
    'Content-Type',
    'text/plain',
    'application/json; charset=utf-16',
    'application/json;charset=',
    'application/jsonx',
  ],
  [
    'Content-Type',
    '',
    ';',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'APPLICATION/JSON',
    'a/b/c',
  ],
  ['Cookie', 'a=b', '__proto__=1; token=x'],
  ['Expect', '100-continue', 'magic'],
  ['Host', 'evil.example', 'localhost:99999', '[::1', ''],
  ['If-Match', '*', '"x"'],
  ['If-None-Match', '*', 'W/"x"'],
  ['If-Modified-Since', 'Thu, 01 Jan 2099 00:00:00 GMT', 'x'],
  ['Origin', 'https://evil.example', 'null'],
  ['Range', 'bytes=0-0', 'bytes=9-0', 'bytes=-1', 'lines=1-2', 'bytes=0-0,1-1'],
  ['X-Forwarded-For', '127.0.0.1', '1.2.3.4, 5.6.7.8', 'x'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-HTTP-Method-Override', 'DELETE', 'GET'],
  ['X-Request-Id', 'the-same', 'x'.repeat(65), 'a b', '<script>', '%0d%0a'],
]

const oddHeader: fc.Arbitrary<Mutation> = fc
  .constantFrom(...odd)
  .chain(([name, ...values]) => fc.constantFrom(...values).map((value) => [name, value] as const))
  .map(
    ([name, value]) =>
      (draft) =>
        replace(draft, name, value),
  )

const names = [
  'Accept-Language',
  'Content-Type',
  'Idempotency-Key',
  'X-Request-Id',
  'Authorization',
  'X-Other',
]
const nastyHeader: fc.Arbitrary<Mutation> = fc
  .tuple(fc.constantFrom(...names), nastyText.map(headerText))
  .map(
    ([name, value]) =>
      (draft) =>
        replace(draft, name, value),
  )

/** Sent a second time under the same key, perhaps with another body. */
const repeatedKey: fc.Arbitrary<Mutation> = fc.nat(40).map((pick) => (draft, pools) => {
  replace(draft, 'Idempotency-Key', pools.valueOf(new Reference('idempotencyKey', 'own', pick)))
})

const twice: fc.Arbitrary<Mutation> = fc
  .constantFrom('Authorization', 'Content-Type', 'Idempotency-Key', 'X-Request-Id', 'Host')
  .map((name) => ({ headers }) => {
    const value = headers.find(([given]) => given === name)?.[1] ?? 'x'
    headers.push(
      [name, value],
      ...(headers.some(([given]) => given === name) ? [] : [[name, value] as [string, string]]),
    )
  })

const otherCredentials: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constant<Mutation>(
    (draft) => void (draft.headers = draft.headers.filter(([name]) => name !== 'Authorization')),
  ),
  fc
    .constantFrom(
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'Bearer x y',
      'bearer sk-workspace_0',
      'Bearer app_0',
      'Bearer \xe9',
    )
    .map((value) => (draft: Draft) => replace(draft, 'Authorization', value)),
  fc.constant<Mutation>((draft, pools) => {
    replace(draft, 'Authorization', `Bearer ${pools.valueOf(new Reference('token', 'own', 0))}`)
  }),
  fc.constant<Mutation>((draft) => {
    const key = draft.headers.find(([name]) => name === 'Authorization')?.[1] ?? ''
    replace(draft, 'Authorization', key.slice(0, -1))
  }),
)

/** What may be wrong, or only unusual, with the headers. */
export const headerMutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 4, arbitrary: oddHeader },
  { weight: 2, arbitrary: nastyHeader },
  { weight: 2, arbitrary: repeatedKey },
  { weight: 1, arbitrary: twice },
  { weight: 2, arbitrary: otherCredentials },
)

function replace(draft: Draft, name: string, value: string): void {
  draft.headers = [...draft.headers.filter(([given]) => given !== name), [name, value]]
}
