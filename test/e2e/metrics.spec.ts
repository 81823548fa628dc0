import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { freePort } from '../../tools/local-stack/ports.js'
import { Client } from '../support/api/client.js'
import { type Exposition, scrape } from '../support/api/exposition.js'
import { TestContext, type TestWorkspace } from '../support/context.js'
import { type Program, startProgram } from '../support/programs/programs.js'
import { addLeads } from '../support/samples/leads.js'
import { until } from '../support/until.js'

const janitors = [
  'fail-lost-exports',
  'announce-due-work',
  'expire-files',
  'make-month-partitions',
  'drop-empty-months',
  'remove-lost-uploads',
]

describe('metrics', () => {
  let context: TestContext
  let demo: TestWorkspace
  let gateway: Program
  let api: Client
  const base = { gateway: '', worker: '' }
  const env = { gateway: {} as Record<string, string>, worker: {} as Record<string, string> }

  beforeAll(async () => {
    context = await TestContext.create()
    demo = await context.workspace('demo')
    await addLeads(context.database, demo.workspace.id, demo.chatbot.id, 7)
    for (const app of ['gateway', 'worker'] as const) {
      const METRICS_PORT = String(await freePort())
      env[app] = { ...context.env, METRICS_PORT }
      base[app] = `http://127.0.0.1:${METRICS_PORT}`
    }
    gateway = await startProgram('gateway', env.gateway)
    api = new Client(`${context.config.PUBLIC_URL}/api/v1`, demo.key)
  }, 60_000)
  afterAll(async () => {
    await gateway.stop(10_000)
    await context.close()
  })

  const ask = (app: 'gateway' | 'worker', what: string, found: (told: Exposition) => boolean) =>
    until(what, async () => {
      const told = await scrape(base[app])
      return found(told) ? told : null
    })

  it('of a gateway: requests by route and status, never by URL', async () => {
    await api.get('/exports/exp_0123456789abcdef')
    await api.get('/exports/exp_fedcba9876543210')
    const route = 'method="GET",route="/api/v1/exports/:id",status="404"'
    const told = await ask(
      'gateway',
      'both requests',
      ({ of }) => of(`leadferry_http_request_duration_seconds_count{${route}}`) === 2,
    )
    expect(told.of(`leadferry_http_request_duration_seconds_bucket{le="+Inf",${route}}`)).toBe(2)
    expect([...told.values.keys()].filter((series) => series.includes('exp_'))).toEqual([])
    expect(told.of('leadferry_database_pool_connections{role="app",state="idle"}')).toBeGreaterThanOrEqual(1)
  })

  it('of an export: waiting in every process, then rendered and mailed by a worker', async () => {
    const { id } = (await api.post('/exports', { dataset: 'leads', format: 'ndjson' })).body as { id: string }
    const waiting = await ask(
      'gateway',
      'the export to wait',
      ({ of }) =>
        of('leadferry_queue_waiting{queue="exports"}') === 1 &&
        of('leadferry_queue_oldest_age_seconds{queue="exports"}') > 0,
    )
    expect(waiting.of('leadferry_queue_running{queue="exports"}')).toBe(0)
    expect(waiting.of('leadferry_queue_oldest_age_seconds{queue="mail"}')).toBe(0)
    expect(waiting.of('leadferry_dead_letters{kind="export"}')).toBe(0)

    const worker = await startProgram('worker', env.worker)
    try {
      const done = await ask(
        'worker',
        'the mail to be sent',
        ({ of }) => of('leadferry_mail_attempts_total{kind="export_completed",outcome="sent"}') === 1,
      )
      const attempts = 'leadferry_export_attempt_duration_seconds_count{format="ndjson",outcome="completed"}'
      expect(done.of(attempts)).toBe(1)
      expect(done.of('leadferry_export_rows_total{format="ndjson"}')).toBe(7)
      const { bytes } = (await api.get(`/exports/${id}`)).body as { bytes: number }
      expect(done.of('leadferry_export_bytes_total{format="ndjson"}')).toBe(bytes)
      for (const queue of ['exports', 'mail']) {
        expect(done.of(`leadferry_queue_waiting{queue="${queue}"}`)).toBe(0)
        expect(done.of(`leadferry_queue_oldest_age_seconds{queue="${queue}"}`)).toBe(0)
      }
      // The last successes are read from the database after the counts of this worker, so they may be ahead of them.
      const swept = await ask('worker', 'each janitor to have run', ({ of }) =>
        janitors.every(
          (janitor) => of(`leadferry_janitor_runs_total{janitor="${janitor}",outcome="succeeded"}`) > 0,
        ),
      )
      for (const janitor of janitors)
        expect(
          swept.of(`leadferry_janitor_last_success_timestamp_seconds{janitor="${janitor}"}`),
        ).toBeGreaterThan(0)

      // What dashboard and alerts ask for is there to be asked for.
      const known = new Set([...swept.types.keys(), ...(await scrape(base.gateway)).types.keys()])
      const asked = ['deploy/grafana/leadferry.json', 'deploy/helm/leadferry/alerts.yaml'].flatMap((file) =>
        [
          ...readFileSync(join(projectRoot(), file), 'utf8').matchAll(/\b(?:leadferry|nodejs|process)_\w+/g),
        ].map(([name]) => name),
      )
      expect(asked.length).toBeGreaterThan(30)
      for (const name of asked) expect(known).toContain(name.replace(/_(bucket|count|sum)$/, ''))

      await expect(startProgram('worker', env.worker)).rejects.toThrow(
        new RegExp(`exited with code 1[^]*port ${env.worker['METRICS_PORT']} \\(METRICS_PORT\\) is taken`),
      )
    } finally {
      await worker.stop(10_000)
    }
  })

  it('have the names that Prometheus’s conventions ask for, and an event loop', async () => {
    const { types, of } = await scrape(base.gateway)
    const own = [...types].filter(([name]) => name.startsWith('leadferry_'))
    expect(own.length).toBeGreaterThan(5)
    for (const [name, type] of own) {
      if (type === 'counter') expect(name).toMatch(/_total$/)
      else expect(name).not.toMatch(/_total$/)
      if (type === 'histogram') expect(name).toMatch(/_(seconds|bytes)$/)
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|kb|mb)(_|$)/)
    }
    expect(of('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0)
    expect(of('process_resident_memory_bytes')).toBeGreaterThan(0)
  })

  it('are all there is, but for a probe', async () => {
    expect((await fetch(`${base.gateway}/`)).status).toBe(404)
    expect((await fetch(`${base.gateway}/metrics`, { method: 'POST' })).status).toBe(405)
    const live = await fetch(`${base.gateway}/health/live`)
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }])
  })

  it('an export that waits for a slot of its workspace waits for no worker', async () => {
    const { superuser } = context.testDatabase
    await superuser.query('UPDATE workspaces SET max_running_exports = 1')
    const accept = () => api.post('/exports', { dataset: 'leads', format: 'csv', gzip: true })
    await accept()
    await superuser.query(
      `UPDATE exports SET state = 'running', lease_until = now() + interval '1 hour' WHERE state = 'queued'`,
    )
    await accept()
    const told = await ask(
      'gateway',
      'one to wait behind the other',
      ({ of }) =>
        of('leadferry_queue_waiting{queue="exports"}') === 1 &&
        of('leadferry_queue_running{queue="exports"}') === 1,
    )
    expect(told.of('leadferry_queue_oldest_age_seconds{queue="exports"}')).toBe(0)
  })
})
