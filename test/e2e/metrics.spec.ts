import { TestContext } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { freePort } from '../../tools/local-stack/ports.js'

const succeeded = (janitor: string) =>
  new RegExp(`^leadferry_janitor_runs_total\\{janitor="${janitor}",outcome="succeeded"\\} \\d+$`, 'm')

describe('the metrics of a worker', () => {
  let context: TestContext
  let worker: Program
  let base: string

  beforeAll(async () => {
    const port = String(await freePort())
    context = await TestContext.create('postgres', { METRICS_PORT: port })
    worker = await startProgram('worker', context.env)
    base = `http://127.0.0.1:${port}`
  }, 60_000)
  afterAll(async () => {
    await worker.stop(10_000)
    await context.close()
  })

  it('are served in Prometheus’s format, with a line for each janitor', async () => {
    const janitors = [
      'fail-lost-exports',
      'announce-due-work',
      'expire-files',
      'make-month-partitions',
      'remove-lost-uploads',
    ]
    const text = await until('each janitor to have run', async () => {
      const response = await fetch(`${base}/metrics`)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
      const body = await response.text()
      // The last successes are read from the database after the counts of this worker, so they may be ahead of them.
      return janitors.every((janitor) => succeeded(janitor).test(body)) ? body : null
    })
    for (const janitor of janitors) {
      expect(text).toContain(`leadferry_janitor_last_success_timestamp_seconds{janitor="${janitor}"}`)
    }
    for (const metric of text.match(/^# TYPE \S+/gm) ?? []) expect(metric).toContain('leadferry_')
  })

  it('are all there is', async () => {
    expect((await fetch(`${base}/`)).status).toBe(404)
    expect((await fetch(`${base}/metrics`, { method: 'POST' })).status).toBe(405)
  })

  it('a port that is taken is named', async () => {
    await expect(startProgram('worker', context.env)).rejects.toThrow(
      new RegExp(`exited with code 1[^]*port ${context.config.METRICS_PORT} \\(METRICS_PORT\\) is taken`),
    )
  })
})
