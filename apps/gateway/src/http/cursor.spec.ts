import { AppError } from '#core'
import { refusal } from '../testing/refusal.js'
import { Cursors, type CursorScope } from './cursor.js'

const secret = 's'.repeat(32)
const scope: CursorScope = { list: 'get-leads', workspaceId: 'ws_1', filter: { chatbotId: 'cb_1' } }
const cursors = new Cursors(secret, scope)
const position = ['2026-11-21 10:39:26.249087+00', '3']

describe('cursor', () => {
  it('gives back the place it seals, to the microsecond', () => {
    expect(cursors.open(cursors.seal(position))).toEqual(position)
  })

  it.each<[string, CursorScope]>([
    ['another workspace', { ...scope, workspaceId: 'ws_2' }],
    ['another filter', { ...scope, filter: { chatbotId: 'cb_2' } }],
    ['another list', { ...scope, list: 'exports' }],
  ])('is not good for %s', (_, other) => {
    const cursor = cursors.seal(position)
    expect(refusal(() => new Cursors(secret, other).open(cursor)).code).toBe('INVALID_CURSOR')
  })

  it.each(['', '.', 'a', 'a.b', 'a.b.c'])('refuses %p', (cursor) => {
    expect(() => cursors.open(cursor)).toThrow(AppError)
  })

  it('refuses one that goes on', () => {
    const cursor = cursors.seal(position)
    expect(refusal(() => cursors.open(`${cursor}.x`)).code).toBe('INVALID_CURSOR')
  })

  it('refuses a payload under the signature of another', () => {
    const [payload] = cursors.seal(['2020-01-01', '1']).split('.')
    const [, signature] = cursors.seal(position).split('.')
    expect(() => cursors.open(`${payload}.${signature}`)).toThrow(AppError)
  })
})
