import { downloadHeaders } from './download-headers.js'
import { isOver } from './exported-file.js'
import { lifeOf } from './file-links.js'
import { isSignedFile, signedFilePath } from './signed-file-path.js'

const secret = 's'.repeat(32)
const file = { workspaceId: 'ws_1', name: 'exports/all/2024-01-15 ñ.csv', expires: 1_700_000_000 }

describe('signedFilePath', () => {
  const path = signedFilePath(secret, file)
  const signature = path.split('/')[4] ?? ''

  it("ends in the file's name", () => {
    expect(path).toMatch(/^\/files\/ws_1\/1700000000\/[\w-]{22}\/exports\/all\/2024-01-15%20%C3%B1\.csv$/)
  })

  it('is good for that file, workspace and time only', () => {
    expect(isSignedFile(secret, signature, file)).toBe(true)
    expect(isSignedFile(secret, signature, { ...file, expires: file.expires + 1 })).toBe(false)
    expect(isSignedFile(secret, signature, { ...file, workspaceId: 'ws_2' })).toBe(false)
    expect(isSignedFile(secret, signature, { ...file, name: 'leads/x.zip' })).toBe(false)
    expect(isSignedFile('t'.repeat(32), signature, file)).toBe(false)
    expect(isSignedFile(secret, '', file)).toBe(false)
  })
})

describe('a file that expires', () => {
  const now = new Date('2024-01-15T00:00:00Z')
  const inAnHour = new Date('2024-01-15T01:00:00Z')

  it('is over when its time is, swept or not', () => {
    expect(isOver({ state: 'completed', expiresAt: inAnHour }, now)).toBe(false)
    expect(isOver({ state: 'completed', expiresAt: now }, now)).toBe(true)
    expect(isOver({ state: 'expired', expiresAt: now }, now)).toBe(true)
    expect(isOver({ state: 'queued', expiresAt: null }, now)).toBe(false)
  })

  it('has no link that outlives it', () => {
    expect(lifeOf({ expiresAt: null }, 86_400, now)).toBe(86_400)
    expect(lifeOf({ expiresAt: inAnHour }, 86_400, now)).toBe(3600)
    expect(lifeOf({ expiresAt: inAnHour }, 60, now)).toBe(60)
    expect(lifeOf({ expiresAt: now }, 60, inAnHour)).toBe(0)
  })
})

describe('downloadHeaders', () => {
  const places = {
    S3_ENDPOINT: 'http://minio:9000',
    S3_PUBLIC_ENDPOINT: 'https://files.example.com',
    S3_BUCKET: 'leadferry',
    S3_PATH_STYLE: true,
    PUBLIC_URL: 'https://leads.example.com/base',
  }
  const formAction = (config: typeof places) =>
    /form-action ([^;]+)/.exec(downloadHeaders(config)['Content-Security-Policy'] ?? '')?.[1]

  it('let the button go to the storage as browsers reach it', () => {
    expect(formAction(places)).toBe("'self' https://leads.example.com https://files.example.com")
    const virtualHosted = { ...places, S3_PATH_STYLE: false }
    expect(formAction(virtualHosted)).toBe(
      "'self' https://leads.example.com https://leadferry.files.example.com",
    )
  })
})
