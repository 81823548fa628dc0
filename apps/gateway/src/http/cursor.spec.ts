import { AppError } from '#core'
import { refusal } from '../testing/refusal.js'
import { type CursorScope, openCursor, sealCursor } from './cursor.js'

const secret = 's'.repeat(32)
const scope: CursorScope = { list: 'get-leads', workspaceId: 'ws_1', filter: { chatbotId: 'cb_1' } }
const position = ['2026-11-21 10:39:26.249087+00', '3']

describe('cursor', () => {
  it('gives back the place it seals, to the microsecond', () => {
    expect(openCursor(secret, scope, sealCursor(secret, scope, position))).toEqual(position)
  })

  it.each<[string, CursorScope]>([
    ['another workspace', { ...scope, workspaceId: 'ws_2' }],
    ['another filter', { ...scope, filter: { chatbotId: 'cb_2' } }],
    ['another list', { ...scope, list: 'exports' }],
  ])('is not good for %s', (_, other) => {
    const cursor = sealCursor(secret, scope, position)
    expect(refusal(() => openCursor(secret, other, cursor)).code).toBe('INVALID_CURSOR')
  })

  it.each(['', '.', 'a', 'a.b', 'a.b.c'])('refuses %p', (cursor) => {
    expect(() => openCursor(secret, scope, cursor)).toThrow(AppError)
  })

  it('refuses one that goes on', () => {
    const cursor = sealCursor(secret, scope, position)
    expect(refusal(() => openCursor(secret, scope, `${cursor}.x`)).code).toBe('INVALID_CURSOR')
  })

  it('refuses a payload under the signature of another', () => {
    const [payload] = sealCursor(secret, scope, ['2020-01-01', '1']).split('.')
    const [, signature] = sealCursor(secret, scope, position).split('.')
    expect(() => openCursor(secret, scope, `${payload}.${signature}`)).toThrow(AppError)
  })
})
