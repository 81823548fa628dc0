import { Inject, Injectable } from '@nestjs/common'
import { type Histogram, Metrics } from '#core'

const outcomes = ['built', 'slice', 'due', 'lost'] as const

/**
 * How a try at a day ended: a `slice` of it is built and the next one follows, `due` is to be tried again, `lost` is another
 * worker's by then.
 */
export type DayOutcome = (typeof outcomes)[number]

/** What a scraper learns of the days that this worker has archived. */
@Injectable()
export class ArchiveMetrics {
  private readonly duration: Histogram<'outcome'>

  constructor(@Inject(Metrics) metrics: Metrics) {
    this.duration = metrics.histogram({
      name: 'leadferry_archive_day_attempt_duration_seconds',
      help: 'How long this worker’s attempts at a day’s archives took, by how they ended: built, slice (the next one follows), due (to be tried again) or lost',
      labelNames: ['outcome'],
      buckets: [0.05, 0.25, 1, 5, 15, 60, 300, 900, 3600],
    })
    for (const outcome of outcomes) this.duration.zero({ outcome })
  }

  attempted(outcome: DayOutcome, seconds: number): void {
    this.duration.observe({ outcome }, seconds)
  }
}
