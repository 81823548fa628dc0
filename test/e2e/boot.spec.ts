import { cli } from '../support/programs/cli.js'
import { TestContext } from '../support/context.js'
import { holdTable } from '../support/held-table.js'
import { launchProgram, type Program } from '../support/programs/programs.js'
import { type Proxy, startProxy } from '../support/proxy/proxy.js'
import { createTestDatabase, superuserUrl } from '../support/test-database.js'
import { until } from '../support/until.js'
import { freePort } from '../../tools/local-stack/ports.js'

// Each test starts several processes.
jest.setTimeout(120_000)

describe('a part that is not there at boot', () => {
  let context: TestContext
  /** Closed as each test begins. */
  let proxy: Proxy
  let env: Record<string, string>
  const programs: Program[] = []

  beforeAll(async () => {
    context = await TestContext.create()
    proxy = await startProxy(context.config.DATABASE_URL)
    env = {
      ...context.env,
      DATABASE_URL: proxy.via(context.config.DATABASE_URL),
      SYSTEM_DATABASE_URL: proxy.via(context.config.SYSTEM_DATABASE_URL),
      MIGRATION_DATABASE_URL: proxy.via(context.testDatabase.urls.MIGRATION_DATABASE_URL),
    }
  })
  beforeEach(() => proxy.close())
  afterEach(async () => {
    for (const program of programs.splice(0)) await program.stop(10_000)
  })
  afterAll(async () => {
    await proxy.close()
    await context.close()
  })

  function launch(name: 'gateway' | 'worker', more: Record<string, string> = {}): Program {
    const program = launchProgram(name, { ...env, ...more })
    programs.push(program)
    return program
  }

  const migrate = (more: Record<string, string> = {}) => cli({ ...env, ...more }, 'migrate')

  /** Starts, and tells how it ended with what it said. */
  async function refusal(name: 'gateway' | 'worker', more: Record<string, string>): Promise<string> {
    await proxy.open()
    const program = launch(name, more)
    return `${await program.exited}: ${program.lines.join('\n')}`
  }

  const with_ = (variable: string, change: (url: URL) => void) => {
    const url = new URL(env[variable]!)
    change(url)
    return { [variable]: url.href }
  }

  it.each(['gateway', 'worker'] as const)('the %s waits for the database and then starts', async (name) => {
    const program = launch(name)
    await program.says(
      `waiting for the database. DATABASE_URL: no connection to PostgreSQL at ${new URL(env['DATABASE_URL']!).host}/`,
    )
    expect(program.lines.join('\n')).not.toContain('test-app')
    await proxy.open()
    await program.says(`"${name} ready"`)
  })

  it('a host whose name does not resolve is waited for by its name', async () => {
    const program = launch(
      'worker',
      with_('DATABASE_URL', (url) => (url.hostname = 'db.invalid')),
    )
    await program.says('waiting for the database. DATABASE_URL: no connection to PostgreSQL at db.invalid:')
  })

  it.each(['gateway', 'worker'] as const)(
    'the %s ends at once when it is told to while it waits',
    async (name) => {
      const program = launch(name)
      await program.says('waiting for the database')
      await program.stop(10_000)
      expect(await program.exited).toBe('exited with code 0')
    },
  )

  it('migrate waits too', async () => {
    const migrated = migrate()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await proxy.open()
    expect(await migrated).toContain('The database is up to date.')
  })

  /** Once somebody waits for a table: the sessions of the product end, as when the server shuts down. */
  const cutOffWaiting = () =>
    until('someone who waits to be cut off', async () => {
      const { rowCount } = await context.testDatabase.superuser.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity a
         WHERE datname = current_database() AND usename LIKE 'leadferry%' AND EXISTS (
           SELECT FROM pg_stat_activity w
           WHERE w.datname = a.datname AND w.usename LIKE 'leadferry%' AND w.wait_event_type = 'Lock')`,
      )
      return rowCount !== 0
    })

  it.each(['gateway', 'worker'] as const)(
    'the %s waits for a database that goes away while it is checked',
    async (name) => {
      await proxy.open()
      const release = await holdTable(context, 'migrations')
      const program = launch(name)
      await cutOffWaiting()
      await program.says('waiting for the database. SYSTEM_DATABASE_URL: no connection to PostgreSQL at')
      await release()
      await program.says(`"${name} ready"`)
    },
  )

  it('migrate waits for one that goes away while it is at work', async () => {
    await proxy.open()
    const release = await holdTable(context, 'migrations')
    const migrated = migrate()
    await cutOffWaiting()
    await release()
    expect(await migrated).toContain('The database is up to date.')
  })

  it('what waiting does not mend is refused in one line', async () => {
    const refused = (what: RegExp) =>
      expect.stringMatching(new RegExp(`^exited with code 1: .*${what.source}[^\\n]*$`))
    expect(
      await refusal(
        'gateway',
        with_('DATABASE_URL', (url) => (url.password = 'wrong')),
      ),
    ).toEqual(refused(/DATABASE_URL: .*password authentication failed/))
    expect(
      await refusal(
        'worker',
        with_('SYSTEM_DATABASE_URL', (url) => (url.username = 'nobody_here')),
      ),
    ).toEqual(refused(/SYSTEM_DATABASE_URL: .*nobody_here/))
    expect(
      await refusal(
        'gateway',
        with_('DATABASE_URL', (url) => (url.pathname = '/no_such_database')),
      ),
    ).toEqual(refused(/DATABASE_URL: .*"no_such_database" does not exist/))
    const { MIGRATION_DATABASE_URL } = env
    expect(await refusal('worker', { DATABASE_URL: MIGRATION_DATABASE_URL! })).toEqual(
      refused(/DATABASE_URL logs in as "leadferry_owner", which owns tables/),
    )
    await expect(migrate(with_('MIGRATION_DATABASE_URL', (url) => (url.password = 'wrong')))).rejects.toThrow(
      /MIGRATION_DATABASE_URL: .*password authentication failed/,
    )
  })

  it('a database behind this build is refused, one ahead of it is served', async () => {
    const behind = await createTestDatabase()
    await behind.superuser.query(`DELETE FROM migrations WHERE name LIKE 'Exports%'`)
    const refused = await refusal('gateway', behind.urls)
    expect(refused).toMatch(/^exited with code 1: .*lacks Exports\d+: run `bin\/leadferry migrate`/)
    await behind.superuser.query('DROP TABLE migrations')
    expect(await refusal('worker', behind.urls)).toMatch(
      /^exited with code 1: .*run `bin\/leadferry migrate`/,
    )
    await behind.drop()

    await context.testDatabase.superuser.query(
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`,
    )
    await proxy.open()
    await launch('worker').says('"worker ready"')
  })

  it('both start without storage and mail server; without a queue the gateway starts and the worker waits', async () => {
    const nothing = await freePort()
    const elsewhere = { S3_ENDPOINT: `http://127.0.0.1:${nothing}`, SMTP_URL: `smtp://127.0.0.1:${nothing}` }
    await proxy.open()
    await launch('worker', elsewhere).says('"worker ready"')
    await programs.pop()?.stop(10_000)
    const QUEUE_URL = `redis://127.0.0.1:${nothing}/0`
    const gateway = launch('gateway', { ...elsewhere, QUEUE_URL })
    const worker = launch('worker', { ...elsewhere, QUEUE_URL })
    await Promise.all([gateway.says('"gateway ready"'), worker.says('waiting for the queue')])
    await gateway.says('the bucket could not be compared with the database yet')
    const health = await fetch(`${context.config.PUBLIC_URL}/health/ready`)
    expect([health.status, await health.json()]).toEqual([
      200,
      { status: 'degraded', database: 'ok', queue: 'down', storage: 'down' },
    ])
    for (const program of [gateway, worker]) {
      await program.stop(10_000)
      expect(await program.exited).toBe('exited with code 0')
    }
  })

  it('superuser is refused', async () => {
    expect(await refusal('gateway', { DATABASE_URL: superuserUrl() })).toMatch(
      /exited with code 1: .*is a superuser/,
    )
  })
})
