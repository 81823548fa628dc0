import fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { hmacSha256, sign, verify } from './signing.js'

const text = fc.string({ unit: 'binary', maxLength: 200 })

describe('signing', () => {
  it("is node:crypto's HMAC-SHA-256 for any secret and message", () => {
    fc.assert(
      fc.property(text, text, (secret, message) => {
        const expected = createHmac('sha256', secret).update(message).digest('base64url')
        expect(hmacSha256(secret, message)).toBe(expected)
      }),
    )
  })

  it('verifies what was signed, for its purpose and parts only', () => {
    const signature = sign('secret', 'cursor', 'a', 'b')
    expect(verify(signature, 'secret', 'cursor', 'a', 'b')).toBe(true)
    expect(verify(signature, 'secret', 'cursor', 'ab', '')).toBe(false)
    expect(verify(signature, 'secret', 'download', 'a', 'b')).toBe(false)
    expect(verify(signature, 'other', 'cursor', 'a', 'b')).toBe(false)
    expect(verify('', 'secret', 'cursor', 'a', 'b')).toBe(false)
  })
})
