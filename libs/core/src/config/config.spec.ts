import { readFileSync } from 'node:fs'
import { envExample } from './env-example.js'
import { ConfigError, loadConfig } from './load.js'

const complete = {
  DATABASE_URL: 'postgres://app@localhost/x',
  SYSTEM_DATABASE_URL: 'postgres://system@localhost/x',
  S3_ENDPOINT: 'http://localhost:9000',
  S3_BUCKET: 'leadferry',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
  SMTP_URL: 'smtp://localhost:1025',
  PUBLIC_URL: 'http://localhost:3000/',
  APP_SECRET: 'a'.repeat(32),
  ADMIN_TOKEN: 'b'.repeat(32),
}

const problemsOf = (env: NodeJS.ProcessEnv, scope: 'gateway' | 'worker' | 'migrate' = 'gateway') => {
  try {
    loadConfig(scope, env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(({ variable }) => variable)
  }
}

describe('loadConfig', () => {
  it('fills in defaults and types', () => {
    const config = loadConfig('gateway', { ...complete, PORT: '8080' })
    expect(config).toMatchObject({ PORT: 8080, ADMIN_PORT: 3001, S3_PATH_STYLE: true, DOWNLOADS: 'redirect' })
    expect(config.PUBLIC_URL).toBe('http://localhost:3000')
  })

  it('names every wrong variable at once, and never a value', () => {
    const wrong = {
      ...complete,
      DATABASE_URL: 'mysql://hunter2@x',
      PORT: '70000',
      APP_SECRET: 'short-hunter2',
    }
    expect(problemsOf({ ...wrong, S3_BUCKET: '' })).toEqual([
      'DATABASE_URL',
      'S3_BUCKET',
      'APP_SECRET',
      'PORT',
    ])
    expect(() => loadConfig('gateway', wrong)).toThrow(
      /DATABASE_URL must be a URL that starts with postgres:/,
    )
    expect(() => loadConfig('gateway', wrong)).not.toThrow(/hunter2/)
  })

  it('takes networks of proxies, and nothing else for one', () => {
    const given = (TRUSTED_PROXIES: string) => ({ ...complete, TRUSTED_PROXIES })
    expect(loadConfig('gateway', given('10.0.0.0/8, 127.0.0.1,fd00::/8')).TRUSTED_PROXIES).toEqual([
      '10.0.0.0/8',
      '127.0.0.1',
      'fd00::/8',
    ])
    for (const wrong of ['true', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/', '10.0.0', '::1/129', '10.0.0.1,'])
      expect([wrong, problemsOf(given(wrong))]).toEqual([wrong, ['TRUSTED_PROXIES']])
  })

  it('asks of each process only what it reads', () => {
    const { ADMIN_TOKEN: _, ...worker } = complete
    expect(problemsOf(worker, 'worker')).toEqual([])
    expect(problemsOf(worker, 'gateway')).toEqual(['ADMIN_TOKEN'])
    expect(problemsOf({}, 'migrate')).toEqual(['MIGRATION_DATABASE_URL'])
  })

  it.each(['0', '-1', '1e3', '0x10', ' 80', '3.5', 'abc', '65536'])('refuses the port %p', (PORT) => {
    expect(problemsOf({ ...complete, PORT })).toEqual(['PORT'])
  })
})

it('.env.example is what the schema says', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(envExample())
})
