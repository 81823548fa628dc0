import { ObjectStore } from '#core'
import { ArchiveKit } from '../../../../test/support/archives/archive-kit.js'
import { type Proxy, startProxy } from '../../../../test/support/proxy/proxy.js'
import { addVisit } from '../../../../test/support/samples/day.js'

describe('a day whose store goes silent', () => {
  let kit: ArchiveKit
  let proxy: Proxy

  beforeAll(async () => {
    kit = await ArchiveKit.start()
    proxy = await startProxy(kit.context.config.S3_ENDPOINT)
  })
  afterAll(async () => {
    await proxy.close()
    await kit.close()
  })

  it('is let go of in time, with its snapshot, and built when the store is back', async () => {
    const tenant = await kit.workspace('UTC', 3)
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
    await addVisit(kit.context, tenant, await kit.implicit(tenant), `${day}T12:00:00Z`)
    await kit.ask(tenant, day)
    await kit.sql(`DELETE FROM archive_days WHERE day <> $1`, [day])
    const { config } = kit.context
    const hasty = { ...config, EXPORT_MAX_SECONDS: 1, S3_ENDPOINT: proxy.via(config.S3_ENDPOINT) }
    const store = new ObjectStore(hasty)
    const builder = kit.newBuilder({ store, config: hasty })

    proxy.use({ how: 'stall' })
    expect(await builder.buildNext()).toBe('due')
    const { rows } = await kit.sql('SELECT state, reason FROM archive_days')
    expect(rows).toEqual([{ state: 'due', reason: 'timed_out' }])
    const open = await kit.sql(
      `SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND usename = 'leadferry_app' AND xact_start IS NOT NULL`,
    )
    expect(open.rowCount).toBe(0)

    store.close()

    // By one that is in no hurry: a machine that is busy may take its second, too.
    await kit.sql('UPDATE archive_days SET not_before = now()')
    expect(await kit.builder.buildNext()).toBe('built')
  }, 30_000)
})
