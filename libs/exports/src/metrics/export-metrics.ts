import { Inject, Injectable } from '@nestjs/common'
import { type Counter, type Histogram, Metrics } from '#core'
import { type FormatName, formatNames } from '../formats/format.js'

const outcomes = ['completed', 'queued', 'failed', 'lost'] as const

/** How an attempt ended: `queued` is to be tried again, `lost` was cancelled or is another worker's by then. */
export type Outcome = (typeof outcomes)[number]

/** How a try at claimed work ended, and how long it took. */
interface Attempt {
  format: FormatName
  outcome: Outcome
  seconds: number
}

/** What a scraper learns of the exports that this worker has rendered. */
@Injectable()
export class ExportMetrics {
  private readonly duration: Histogram<'format' | 'outcome'>
  private readonly rows: Counter<'format'>
  private readonly bytes: Counter<'format'>

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.duration = metrics.histogram({
      name: 'leadferry_export_attempt_duration_seconds',
      help: 'How long this worker’s attempts at exports took, by how they ended: completed, queued (to be tried again), failed or lost',
      labelNames: ['format', 'outcome'],
      buckets: [0.05, 0.25, 1, 5, 15, 60, 300, 900, 3600],
    })
    // A series that is born with its first failure never grows: no alert would see that one.
    for (const format of formatNames) for (const outcome of outcomes) this.duration.zero({ format, outcome })
    this.rows = metrics.counter({
      name: 'leadferry_export_rows_total',
      help: 'Rows of the exports that this worker has completed',
      labelNames: ['format'],
    })
    this.bytes = metrics.counter({
      name: 'leadferry_export_bytes_total',
      help: 'Bytes of the files that this worker has completed, as they are in the store',
      labelNames: ['format'],
    })
  }

  attempted({ format, outcome, seconds }: Attempt): void {
    this.duration.observe({ format, outcome }, seconds)
  }

  completed(format: FormatName, file: { rows: number; bytes: number }): void {
    this.rows.inc({ format }, file.rows)
    this.bytes.inc({ format }, file.bytes)
  }
}
