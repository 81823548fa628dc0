import { Logger } from '@nestjs/common'
import { Metrics, ObjectStore } from '#core'
import { KeysService } from '#tenancy'
import { type Proxy, startProxy } from '../../../../test/support/proxy/proxy.js'
import { TestContext } from '../../../../test/support/context.js'
import { addLeads } from '../../../../test/support/samples/leads.js'
import { ClaimsService } from '../claims/claims.service.js'
import { CleanupService } from '../cleanup/cleanup.service.js'
import { ExportsService } from '../exports.service.js'
import { ExportMetrics } from '../metrics/export-metrics.js'
import { ExportRunner } from './export-runner.js'

describe('an export that did not hear the store begin its upload', () => {
  let context: TestContext
  let proxy: Proxy
  let store: ObjectStore

  beforeAll(async () => {
    Logger.overrideLogger(false)
    context = await TestContext.create()
    proxy = await startProxy(context.config.S3_ENDPOINT)
    store = new ObjectStore({ ...context.config, S3_ENDPOINT: proxy.via(context.config.S3_ENDPOINT) })
  })
  afterAll(async () => {
    store.close()
    await proxy.close()
    await context.close()
  })

  const uploads = async () => {
    let count = 0
    for await (const _ of store.uploads()) count++
    return count
  }

  it('is put off, completes, and leaves no upload that nobody knows of', async () => {
    const { database, config, testDatabase } = context
    const demo = await context.workspace('demo')
    await addLeads(database, demo.workspace.id, demo.chatbot.id, 15_000)
    // More than one part.
    await testDatabase.superuser.query(
      `UPDATE leads SET metadata = jsonb_build_object('note', repeat(md5(id::text), 24))`,
    )
    const principal = await new KeysService(database).authenticate(demo.key)
    const exports = new ExportsService(database, { wake: () => Promise.resolve() } as never)
    await exports.accept(principal!, {
      dataset: 'leads',
      format: 'csv',
      gzip: false,
      filter: {},
      csv: { profile: 'machine', raw: false },
      joinInFlight: false,
    })
    const cleanup = new CleanupService(database, store)
    const runner = new ExportRunner(
      database,
      store,
      new ClaimsService(database, config),
      cleanup,
      new ExportMetrics(new Metrics()),
      config,
    )

    proxy.use({ how: 'halfAnswer', bytes: 20, times: 1 })
    expect(await runner.runNext()).toMatchObject({ outcome: 'queued' })
    expect(proxy.stats.struck.halfAnswer).toBe(1)
    expect(await uploads()).toBe(1)
    await testDatabase.superuser.query('UPDATE exports SET not_before = now()')
    expect(await runner.runNext()).toMatchObject({ outcome: 'completed' })
    expect(await cleanup.removeLostUploads()).toBe(1)
    expect(await uploads()).toBe(0)
  }, 60_000)
})
