import { sign } from '#core'
import { downloadToken, readDownloadToken } from './download-links.js'

const secret = 's'.repeat(32)
const exportId = 'exp_0123456789abcdef'

describe('the token of a mailed link', () => {
  it('of the first version has the form that links of earlier releases have', () => {
    const token = downloadToken(secret, exportId, 1)
    expect(token).toBe(`0123456789abcdef-${sign(secret, 'download', '0123456789abcdef', '1')}`)
    expect(readDownloadToken(secret, token)).toEqual({ exportId, version: 1 })
  })

  it.each([2, 10, 2_147_483_647])('of version %i says its version', (version) => {
    const token = downloadToken(secret, exportId, version)
    expect(token).toMatch(new RegExp(`^0123456789abcdef-${version}-[\\w-]{22}$`))
    expect(readDownloadToken(secret, token)).toEqual({ exportId, version })
  })

  it('says nothing where its code is of another export, version or secret', () => {
    const [first, second] = [downloadToken(secret, exportId, 1), downloadToken(secret, exportId, 2)]
    const code = second.split('-2-')[1]!
    for (const text of [
      `0123456789abcdef-${code}`,
      `0123456789abcdef-3-${code}`,
      `0123456789abcdef-02-${code}`,
      `fedcba9876543210-2-${code}`,
      first.replace('0123', '0124'),
      first.slice(0, -1),
      `${first}x`,
      '',
    ])
      expect(readDownloadToken(secret, text)).toBeNull()
    expect(readDownloadToken('t'.repeat(32), first)).toBeNull()
  })
})
