import { Inject, Injectable } from '@nestjs/common'
import { type Counter, type Histogram, Metrics } from '#core'
import { JanitorBook, type Run } from './janitor-book.js'

/** What a scraper learns of the janitors. */
@Injectable()
export class JanitorMetrics {
  private readonly runs: Counter<'janitor' | 'outcome'>
  private readonly done: Counter<'janitor'>
  private readonly duration: Histogram<'janitor'>

  constructor(@Inject(Metrics) metrics: Metrics, @Inject(JanitorBook) book: JanitorBook) {
    this.runs = metrics.counter({
      name: 'leadferry_janitor_runs_total',
      help: 'Runs of a janitor in this worker, by how they ended: succeeded, failed or stopped',
      labelNames: ['janitor', 'outcome'],
    })
    this.done = metrics.counter({
      name: 'leadferry_janitor_done_total',
      help: 'How much a janitor has done in this worker: exports announced, files removed, …',
      labelNames: ['janitor'],
    })
    this.duration = metrics.histogram({
      name: 'leadferry_janitor_duration_seconds',
      help: 'How long a run of a janitor takes',
      labelNames: ['janitor'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600, 3600],
    })
    metrics.gauge({
      name: 'leadferry_janitor_last_success_timestamp_seconds',
      help: 'When a janitor last did all there was to do, in whatever worker',
      labelNames: ['janitor'],
      async collect() {
        // A scrape is wanted most when the database is down: then the last known times stay.
        const successes = await book.lastSuccesses().catch(() => [])
        for (const { name, at } of successes) this.set({ janitor: name }, at)
      },
    })
  }

  observe(janitor: string, run: Run, seconds: number): void {
    this.runs.inc({ janitor, outcome: run.outcome })
    this.duration.observe({ janitor }, seconds)
    if (run.outcome !== 'failed') this.done.inc({ janitor }, run.done)
  }
}
