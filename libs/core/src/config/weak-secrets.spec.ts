import { randomBytes } from 'node:crypto'
import { ConfigError, loadConfig } from './load.js'

const strong = () => randomBytes(24).toString('base64url')

/** A configuration of which one part is on another machine. */
const remote = (): NodeJS.ProcessEnv => ({
  DATABASE_URL: `postgres://leadferry_app:${strong()}@db.example.com/leadferry`,
  SYSTEM_DATABASE_URL: `postgres://leadferry_system:${strong()}@db.example.com/leadferry`,
  S3_ENDPOINT: 'https://s3.example.com',
  S3_BUCKET: 'leadferry',
  S3_ACCESS_KEY_ID: 'AKIAIOSFODNN7',
  S3_SECRET_ACCESS_KEY: strong(),
  SMTP_URL: `smtps://mailer:${strong()}@smtp.example.com`,
  PUBLIC_URL: 'https://leads.example.com',
  APP_SECRET: randomBytes(32).toString('hex'),
  ADMIN_TOKEN: randomBytes(32).toString('hex'),
})

const local: NodeJS.ProcessEnv = {
  DATABASE_URL: 'postgres://leadferry_app:secret@localhost:5432/leadferry',
  SYSTEM_DATABASE_URL: 'postgres://leadferry_system:secret@localhost/leadferry?host=/var/run/postgresql',
  QUEUE_URL: 'redis://:secret@127.0.0.1:6379',
  S3_ENDPOINT: 'http://[::1]:9000',
  S3_BUCKET: 'leadferry',
  S3_ACCESS_KEY_ID: 'leadferry',
  S3_SECRET_ACCESS_KEY: 'change-me',
  SMTP_URL: 'smtp://localhost:1025',
  PUBLIC_URL: 'http://leads.localhost:3000',
  APP_SECRET: 'change-me-change-me-change-me-change-me',
  ADMIN_TOKEN: 'a'.repeat(32),
}

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig('gateway', env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const [name, value] of Object.entries(env)) {
      if (/SECRET$|TOKEN$|SECRET_ACCESS_KEY$/.test(name)) expect(error.message).not.toContain(value)
    }
    return error.problems.map(({ variable }) => variable)
  }
}

describe('a configuration that is not on this machine alone', () => {
  it.each([
    'change-me-change-me-change-me-change-me',
    'changeme'.repeat(4),
    'CHANGE_ME_please_CHANGE_ME_please_1234',
    'please-replace-me-with-something-random',
    'your-secret-goes-right-here-1234567890ab',
    'a'.repeat(32),
    'ab'.repeat(16),
    '0123456789'.repeat(4),
    'test-secret-test-secret-test-secret',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    '11111111111111112222222222222222',
    'this-is-not-a-secret-1234-5678-90ab-cd',
    'my-very-long-password-for-leadferry-42',
  ])('does not start with the secret %j', (secret) => {
    expect(problemsOf({ ...remote(), APP_SECRET: secret, ADMIN_TOKEN: secret })).toEqual([
      'APP_SECRET',
      'ADMIN_TOKEN',
    ])
  })

  it('starts with random secrets of every usual form', () => {
    for (let i = 0; i < 200; i++) {
      const forms = [
        randomBytes(16).toString('hex'),
        randomBytes(24).toString('base64'),
        randomBytes(32).toString('base64url'),
      ]
      for (const form of forms)
        expect([form, problemsOf({ ...remote(), APP_SECRET: form })]).toEqual([form, []])
    }
  })

  it.each([
    ['DATABASE_URL', 'postgres://leadferry_app:secret@db.example.com/leadferry'],
    ['DATABASE_URL', 'postgres://leadferry_app:leadferry_app@db.example.com/leadferry'],
    ['SYSTEM_DATABASE_URL', 'postgres://leadferry_system:change%2Dme@db.example.com/leadferry'],
    ['QUEUE_URL', 'redis://:secret@redis.example.com:6379'],
    ['QUEUE_URL', 'redis-sentinel://:password1@a.example.com:26379,b.example.com:26379/0?master=m'],
    ['SMTP_URL', 'smtp://mailer:aaaaaaaa@smtp.example.com'],
    ['S3_SECRET_ACCESS_KEY', 'change-me'],
    ['S3_SECRET_ACCESS_KEY', 'leadferry-secret'],
    ['S3_SECRET_ACCESS_KEY', 'minioadmin'],
  ])('does not start with a placeholder in %s', (variable, value) => {
    expect(problemsOf({ ...remote(), [variable]: value })).toEqual([variable])
  })

  it('starts with URLs that have no password, which is how other ways to log in are used', () => {
    const env = { ...remote(), DATABASE_URL: 'postgres://leadferry_app@db.example.com/leadferry' }
    expect(problemsOf({ ...env, SMTP_URL: 'smtp://smtp.example.com' })).toEqual([])
  })
})

describe('a configuration on loopback', () => {
  it('starts with placeholders', () => {
    expect(problemsOf(local)).toEqual([])
  })

  it.each([
    ['HOST', '0.0.0.0'],
    ['HOST', '::'],
    ['PUBLIC_URL', 'https://leads.example.com'],
    ['DATABASE_URL', 'postgres://app@localhost/x?host=db.example.com'],
    ['QUEUE_URL', 'redis-sentinel://localhost:26379,b.example.com:26379/0?master=m'],
    ['S3_PUBLIC_ENDPOINT', 'https://files.example.com'],
    ['SMTP_URL', 'smtp://127.0.0.1.example.com'],
  ])('is none when %s is %s', (variable, value) => {
    expect(problemsOf({ ...local, [variable]: value })).toEqual(
      expect.arrayContaining(['APP_SECRET', 'ADMIN_TOKEN']),
    )
  })
})
