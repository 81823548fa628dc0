import { Logger } from '@nestjs/common'
import { Metrics } from '#core'
import { TestContext } from '../../../../test/support/context.js'
import { until } from '../../../../test/support/until.js'
import { JanitorBook } from './janitor-book.js'
import { JanitorMetrics } from './janitor-metrics.js'
import type { Janitor, Pace } from './janitor.js'
import { Sweeper } from './sweeper.js'

describe('Sweeper', () => {
  let context: TestContext
  const open: Sweeper[] = []

  beforeAll(async () => {
    // Janitors that fail are what is tested.
    Logger.overrideLogger(false)
    context = await TestContext.create()
  })
  afterEach(async () => {
    await Promise.all(open.splice(0).map((sweeper) => sweeper.drain()))
    await sql('DELETE FROM janitors')
  })
  afterAll(() => context.close())

  const sql = (text: string, values?: unknown[]) =>
    context.testDatabase.superuser.query<Record<string, unknown>>(text, values)
  const bookOf = async (name: string) => (await sql('SELECT * FROM janitors WHERE name = $1', [name])).rows[0]

  /** A worker's janitors. */
  function workerWith(...janitors: Janitor[]) {
    const metrics = new Metrics()
    const book = new JanitorBook(context.database)
    const sweeper = new Sweeper(janitors, book, new JanitorMetrics(metrics, book), context.config)
    open.push(sweeper)
    return { sweeper, text: async () => (await metrics.exposition()).text }
  }
  const janitor = (name: string, pace: Pace, run: Janitor['run']): Janitor => ({ name, pace, run })
  const never = new AbortController().signal

  it('one that fails is counted, and the others have their turn', async () => {
    const { sweeper, text } = workerWith(
      janitor('broken', 'everyRound', () => Promise.reject(new Error('no luck'))),
      janitor('sound', 'everyRound', () => Promise.resolve(3)),
    )
    await sweeper.sweep('everyRound', never)
    await sweeper.sweep('everyRound', never)
    expect(await bookOf('broken')).toMatchObject({ problem: 'no luck', done: null, last_succeeded_at: null })
    expect(await bookOf('sound')).toMatchObject({ problem: null, done: '3' })
    const lines = await text()
    expect(lines).toContain('leadferry_janitor_runs_total{janitor="broken",outcome="failed"} 2')
    expect(lines).toContain('leadferry_janitor_runs_total{janitor="sound",outcome="succeeded"} 2')
    expect(lines).toContain('leadferry_janitor_done_total{janitor="sound"} 6')
    expect(lines).toContain('leadferry_janitor_duration_seconds_count{janitor="sound"} 2')
    expect(lines).toMatch(/leadferry_janitor_last_success_timestamp_seconds\{janitor="sound"\} \d{10}/)
    expect(lines).not.toContain('last_success_timestamp_seconds{janitor="broken"}')
  })

  it('daily is once a day, over workers and restarts; one that failed or was lost is tried again after ten minutes', async () => {
    let runs = 0
    const daily = () => workerWith(janitor('daily', 'daily', () => Promise.resolve(++runs))).sweeper
    const sweepLater = async (minutes: number) => {
      await sql('UPDATE janitors SET last_started_at = last_started_at - make_interval(mins => $1)', [
        minutes,
      ])
      await daily().sweep('daily', never)
    }
    await daily().sweep('daily', never)
    await sweepLater(0)
    await sweepLater(24 * 60 - 1)
    expect(runs).toBe(1)
    await sweepLater(1)
    expect(runs).toBe(2)
    await sql(`UPDATE janitors SET problem = 'no luck'`)
    await sweepLater(9)
    expect(runs).toBe(2)
    await sweepLater(1)
    expect(runs).toBe(3)
    await sql('UPDATE janitors SET last_ended_at = NULL')
    await sweepLater(10)
    expect(runs).toBe(4)
  })

  it('is one at a time over all workers, and holds no connection of the pool', async () => {
    let inside = 0
    let most = 0
    let letGo: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (letGo = resolve))
    const slow = janitor('slow', 'everyRound', async () => {
      most = Math.max(most, ++inside)
      await gate
      return inside--
    })
    const first = workerWith(slow).sweeper.sweep('everyRound', never)
    await until('the first to be inside', () => inside === 1)
    await workerWith(slow).sweeper.sweep('everyRound', never)
    const pool = context.database.system
    expect(pool.totalCount - pool.idleCount).toBe(0)
    letGo()
    await first
    expect(most).toBe(1)
    await workerWith(slow).sweeper.sweep('everyRound', never)
    expect(await bookOf('slow')).toMatchObject({ done: '1', problem: null })
  })

  it('one that takes long is asked to end when its worker shuts down, and does not hold up those of another pace', async () => {
    let asked = false
    const audit = janitor('audit', 'daily', async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      asked = true
      return 1
    })
    let rounds = 0
    const quick = janitor('quick', 'everyRound', () => Promise.resolve(++rounds))
    const { sweeper } = workerWith(audit, quick)
    sweeper.onApplicationBootstrap()
    await until('rounds beside it', () => rounds > 1)
    await until('its start', async () => (await bookOf('audit')) !== undefined)
    await sweeper.drain()
    expect(asked).toBe(true)
    expect(await bookOf('audit')).toMatchObject({ problem: 'stopped', last_succeeded_at: null })
  })
})
