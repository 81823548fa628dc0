import { openSession, sealSession, sessionCookie, sessionIn } from './session-cookie.js'

const secret = 's'.repeat(32)
const session = { keyId: `key_${'a'.repeat(16)}`, expires: 1_700_000_000 }
const before = 1_699_999_999_000

describe('a sealed session', () => {
  const sealed = sealSession(secret, session)

  it('opens until its time is over', () => {
    expect(openSession(secret, sealed, before)).toEqual(session)
    expect(openSession(secret, sealed, 1_700_000_000_000)).toBeNull()
  })

  it.each([
    ['another secret', sealSession('t'.repeat(32), session)],
    ['another key', sealed.replaceAll('a', 'b')],
    ['another end', sealed.replace('1700000000', '1800000000')],
    ['more behind it', `${sealed}x`],
    ['nothing', ''],
  ])('does not open with %s', (_, value) => {
    expect(openSession(secret, value, before)).toBeNull()
  })

  it('is found among other cookies', () => {
    expect(sessionIn(`a=b; leadferry_archives=${sealed}; c=d`)).toBe(sealed)
    expect(sessionIn('xleadferry_archives=1; leadferry_archives')).toBeNull()
    expect(sessionIn(undefined)).toBeNull()
  })
})

it('goes over TLS only where the public address does', () => {
  expect(sessionCookie('x', { isSecure: true })).toMatch(/; Secure$/)
  expect(sessionCookie('x', { isSecure: false })).not.toContain('Secure')
  expect(sessionCookie('', { isSecure: true })).toContain('Max-Age=0;')
})
