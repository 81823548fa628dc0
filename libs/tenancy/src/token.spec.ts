import { newToken, tokenHash, tokenKind, tokenPrefix } from './token.js'

describe('tokens', () => {
  it.each(['api_key', 'app_token'] as const)(
    'a new %s is recognised, and no other is equal to it',
    (kind) => {
      const token = newToken(kind)
      expect(tokenKind(token)).toBe(kind)
      expect(newToken(kind)).not.toBe(token)
      expect(token.startsWith(tokenPrefix(token, kind))).toBe(true)
      expect(tokenHash(token)).toHaveLength(32)
    },
  )

  it('a typing error in any place fails the checksum', () => {
    const token = newToken('api_key')
    for (let at = 'sk-workspace_'.length; at < token.length; at++) {
      const wrong = token.slice(0, at) + (token[at] === 'x' ? 'y' : 'x') + token.slice(at + 1)
      expect(tokenKind(wrong)).toBeNull()
    }
  })

  it.each(['', 'sk-workspace_', 'sk-workspace_your_api_key', 'app_', 'Bearer x', newToken('api_key') + '0'])(
    'refuses %p',
    (token) => {
      expect(tokenKind(token)).toBeNull()
    },
  )
})
