import { Logger } from '@nestjs/common'
import { Metrics, ObjectStore } from '#core'
import { KeysService } from '#tenancy'
import { TestContext } from '../../../../test/support/context.js'
import { ClaimsService } from '../claims/claims.service.js'
import { CleanupService } from '../cleanup/cleanup.service.js'
import { ExportsService } from '../exports.service.js'
import { ExportMetrics } from '../metrics/export-metrics.js'
import { ExportRunner } from './export-runner.js'
import { untilWritten } from './until-written.js'

const lost = () => Promise.reject(new Error('Connection terminated unexpectedly'))

describe('a database that is away when the end of an attempt is written down', () => {
  let context: TestContext
  let store: ObjectStore

  beforeAll(async () => {
    Logger.overrideLogger(false)
    context = await TestContext.create()
    store = new ObjectStore(context.config)
  })
  afterAll(async () => {
    store.close()
    await context.close()
  })

  it('costs the export a deferral, and no crash', async () => {
    const { database, config, testDatabase } = context
    const demo = await context.workspace('demo')
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
    // A stand-in: the real database can't be made to fail for these statements alone.
    const claims = new ClaimsService(database, config)
    const putOff = claims.putOff.bind(claims)
    let failures = 2
    const unsteady = Object.assign(claims, {
      recordIntent: lost,
      putOff: (...args: Parameters<typeof putOff>) => (failures-- > 0 ? lost() : putOff(...args)),
    })
    const runner = new ExportRunner(
      database,
      store,
      unsteady,
      new CleanupService(database, store),
      new ExportMetrics(new Metrics()),
      config,
    )
    expect(await runner.runNext()).toMatchObject({ outcome: 'queued' })
    expect(failures).toBe(-1)
    const { rows } = await testDatabase.superuser.query(
      'SELECT state, reason, deferrals, crashes FROM exports',
    )
    expect(rows).toEqual([{ state: 'queued', reason: 'database_unavailable', deferrals: 1, crashes: 0 }])
  })

  it('what is no outage is not repeated', async () => {
    let tries = 0
    const write = () => {
      tries += 1
      return Promise.reject(new Error('column "x" does not exist'))
    }
    await expect(untilWritten(write, context.config)).rejects.toThrow('does not exist')
    expect(tries).toBe(1)
  })
})
