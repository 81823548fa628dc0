import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { rolePasswords, TEMPLATE } from '../runner/roles.js'

export interface TestDatabase {
  /** URLs by role, named as the configuration names them. */
  urls: { DATABASE_URL: string; SYSTEM_DATABASE_URL: string; MIGRATION_DATABASE_URL: string }
  /** As a superuser, which row-level security does not bind: for looking at what a test did. */
  superuser: pg.Pool
  superuserUrl: string
  drop(): Promise<void>
}

/** The superuser's URL of the server that `npm test` starts. */
export function superuserUrl(): string {
  const url = process.env['TEST_SUPERUSER_URL']
  if (url === undefined)
    throw new Error('TEST_SUPERUSER_URL is not set: run the tests by `npm test -- <path>`')
  return url
}

/** A clone of the template, for one test file; or of another one. */
export async function createTestDatabase(template: string = TEMPLATE): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER leadferry_owner`)
  const { host } = new URL(superuserUrl())
  const url = (role: keyof typeof rolePasswords) =>
    `postgres://leadferry_${role}:${rolePasswords[role]}@${host}/${name}`
  const own = new URL(superuserUrl())
  own.pathname = `/${name}`
  const superuser = new pg.Pool({ connectionString: own.href, max: 2 })
  // Dropping the database ends idle connections with an error that nobody waits for.
  superuser.on('error', () => undefined)
  return {
    urls: {
      DATABASE_URL: url('app'),
      SYSTEM_DATABASE_URL: url('system'),
      MIGRATION_DATABASE_URL: url('owner'),
    },
    superuser,
    superuserUrl: own.href,
    async drop() {
      await superuser.end()
      await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** Cloning needs a template that nobody is connected to; clones that come at once take turns. */
async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl() })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock(1)')
    await client.query(sql)
  } finally {
    await client.end()
  }
}
