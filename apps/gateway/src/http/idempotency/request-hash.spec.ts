import { sha256Hex } from '#core'
import { requestHash } from './request-hash.js'

const params = { codename: 'demo' }
const query = { a: ['1', '2'] }

it.each([
  ['nothing', undefined],
  ['an object', { name: 'Peña', list: [1, null] }],
  ['an empty batch', []],
  ['a batch', [{ value: { id: 'e1' } }, { value: null, problem: { message: 'Is not JSON' } }]],
])('the hash of %s is the one of its JSON', async (_, body) => {
  const whole = sha256Hex(JSON.stringify([params, query, body]))
  expect(await requestHash({ params, query, body })).toBe(whole)
})
