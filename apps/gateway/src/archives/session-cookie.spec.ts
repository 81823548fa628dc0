import { sessionCookie, sessionIn } from './session-cookie.js'

describe('sessionIn', () => {
  it('finds the session among other cookies', () => {
    expect(sessionIn('a=b; leadferry_archives=x1_-; c=d')).toBe('x1_-')
    expect(sessionIn('xleadferry_archives=1; leadferry_archives')).toBeNull()
    expect(sessionIn(undefined)).toBeNull()
  })
})

describe('sessionCookie', () => {
  it('goes over TLS only where the public address does', () => {
    expect(sessionCookie('x', { isSecure: true })).toMatch(/; Secure$/)
    expect(sessionCookie('x', { isSecure: false })).not.toContain('Secure')
  })

  it('makes the browser forget a session that has ended', () => {
    expect(sessionCookie('', { isSecure: true })).toContain('Max-Age=0;')
  })
})
