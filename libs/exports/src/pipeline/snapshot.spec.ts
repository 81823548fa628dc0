import { Database } from '#core'
import { TestContext } from '../../../../test/support/context.js'
import { startProxy } from '../../../../test/support/proxy/proxy.js'
import { until } from '../../../../test/support/until.js'
import { Snapshot } from './snapshot.js'

describe('a snapshot', () => {
  let context: TestContext
  let workspaceId: string

  beforeAll(async () => {
    context = await TestContext.create()
    workspaceId = (await context.workspace('demo')).workspace.id
  })
  afterAll(() => context.close())

  const take = (signal: AbortSignal) =>
    Snapshot.take(context.database, workspaceId, { signal, maxSeconds: 60 })

  it('sees nothing that came after the time it tells, and leaves no setting behind', async () => {
    const snapshot = await take(new AbortController().signal)
    const { rows } = await context.testDatabase.superuser.query<{ at: Date }>(
      `WITH renamed AS (UPDATE workspaces SET name = 'later' RETURNING clock_timestamp() AS at) SELECT at FROM renamed`,
    )
    expect(snapshot.at.getTime()).toBeLessThanOrEqual(rows[0]!.at.getTime())
    expect(await snapshot.query('SELECT FROM workspaces WHERE name = $1', ['later'])).toEqual([])
    const settings = `SELECT current_setting('random_page_cost') AS cost, current_setting('transaction_read_only') AS "readOnly",
      current_setting('idle_in_transaction_session_timeout') AS idle`
    expect(await snapshot.query(settings)).toMatchObject([{ cost: '0.3', readOnly: 'on', idle: '65s' }])
    await snapshot.end()
    snapshot.release()
    const after = await context.database.tenant(workspaceId, (client) => client.query(settings))
    expect(after.rows[0]).not.toMatchObject({ idle: '65s' })
    expect(after.rows[0]).toMatchObject({ readOnly: 'off' })
  })

  it('is not taken for work that was ended already', async () => {
    await expect(take(AbortSignal.abort(new Error('ended')))).rejects.toThrow('ended')
    const { rows } = await context.testDatabase.superuser.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    )
    expect(rows).toHaveLength(0)
  })

  it.each(['between two reads', 'while rows come'])(
    'that is cut %s ends what is read, and nothing else',
    async (when) => {
      const work = new AbortController()
      const snapshot = await take(work.signal)
      const rows = snapshot.copy('SELECT generate_series(1, 10000000)')
      if (when === 'while rows come') await rows.next()
      work.abort()
      await expect(rows.next().then(() => rows.next())).rejects.toThrow()
      snapshot.release()
      await context.database.check()
    },
  )

  it('of a PostgreSQL that is frozen when it begins is given up', async () => {
    const { DATABASE_URL } = context.config
    const proxy = await startProxy(DATABASE_URL)
    const database = await Database.connect({ ...context.config, DATABASE_URL: proxy.via(DATABASE_URL) }, [])
    proxy.use({ how: 'stall' })
    const work = new AbortController()
    const taken = Snapshot.take(database, workspaceId, { signal: work.signal, maxSeconds: 60 })
    const givenUp = expect(taken).rejects.toThrow('ended from here')
    await until('its first message', () => Promise.resolve(proxy.stats.struck.stall === 1))
    work.abort()
    await givenUp
    proxy.use({ how: 'pass' })
    // The next one has a connection.
    const next = await Snapshot.take(database, workspaceId, {
      signal: new AbortController().signal,
      maxSeconds: 60,
    })
    await next.end()
    next.release()
    await database.close()
    await proxy.close()
  })
})
