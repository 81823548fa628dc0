import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { migrations } from '../../libs/core/src/database/migrations/index.js'
import { cli } from '../support/programs/cli.js'
import { until } from '../support/until.js'
import { superuserUrl } from '../support/test-database.js'
import { rolePasswords } from '../runner/roles.js'
import { compiled, projectRoot } from '../../tools/local-stack/project-root.js'

// Each test starts several processes.
jest.setTimeout(120_000)

const DATABASE = 'test_migrate'

const all = migrations.map(({ name }) => name)

describe('migrate', () => {
  let admin: pg.Client
  let database: pg.Client
  let env: Record<string, string>

  beforeEach(async () => {
    admin = new pg.Client({ connectionString: superuserUrl() })
    await admin.connect()
    await admin.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`)
    await admin.query(`CREATE DATABASE ${DATABASE} OWNER leadferry_owner`)
    const url = new URL(superuserUrl())
    url.pathname = `/${DATABASE}`
    database = new pg.Client({ connectionString: url.href })
    await database.connect()
    url.username = 'leadferry_owner'
    url.password = rolePasswords.owner
    env = { MIGRATION_DATABASE_URL: url.href }
  })
  afterEach(async () => {
    await database.end()
    await admin.query(`DROP DATABASE ${DATABASE} WITH (FORCE)`)
    await admin.end()
  })

  const migrate = () => cli(env, 'migrate')

  const done = async () => {
    const { rows } = await database.query<{ name: string }>('SELECT name FROM migrations ORDER BY id')
    return rows.map(({ name }) => name)
  }

  it('eight at once: all succeed, and each migration ran once', async () => {
    await Promise.all(Array.from({ length: 8 }, migrate))
    expect(await done()).toEqual(all)
    const { rows } = await database.query('SELECT count(*)::int AS instances FROM instance')
    expect(rows).toEqual([{ instances: 1 }])
  })

  it.each([
    ['its own tables', 'CREATE TABLE exports ()', all.slice(0, 2)],
    ["the queue's tables", 'CREATE SCHEMA bullmq', all],
  ])('killed within %s, the next one goes through', async (_where, obstacle, before) => {
    // What is made here and not committed holds the migration up at this very place.
    await database.query(`BEGIN; ${obstacle}`)
    const killed = spawn(process.execPath, [compiled('apps/cli/src/main.js'), 'migrate'], {
      cwd: projectRoot(),
      env,
      stdio: 'ignore',
    })
    await until('it to be held up', async () => {
      const { rowCount } = await admin.query(
        `SELECT FROM pg_locks l JOIN pg_database d ON d.datname = $1
         JOIN pg_stat_activity a ON a.pid = l.pid AND a.datid = d.oid
         WHERE NOT l.granted AND l.locktype = 'transactionid'`,
        [DATABASE],
      )
      return rowCount === 1
    })
    const exited = once(killed, 'exit')
    killed.kill('SIGKILL')
    await exited
    await database.query('ROLLBACK')
    expect(await done()).toEqual(before)
    expect(await migrate()).toContain('The database is up to date.')
    expect(await done()).toEqual(all)
  })
})
