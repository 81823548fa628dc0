import { Inject, Injectable } from '@nestjs/common'
import { Database, Metrics } from '#core'
import { deadLetterKinds } from '../dead-letters/dead-letter.js'
import { countDeadLetters } from '../dead-letters/dead-letters.sql.js'
import { queueDepths } from './queue-depths.js'

/**
 * What a scraper learns of the work that waits: by PostgreSQL, which is the truth of it, and by every process alike, so
 * that whoever is scraped tells of all.
 */
@Injectable()
export class QueueMetrics {
  constructor(@Inject(Metrics) metrics: Metrics, @Inject(Database) database: Database) {
    const waiting = metrics.gauge({
      name: 'leadferry_queue_waiting',
      help: 'Exports, mails or days that wait, over all workers',
      labelNames: ['queue'],
    })
    const running = metrics.gauge({
      name: 'leadferry_queue_running',
      help: 'Exports, mails or days that are under way, over all workers',
      labelNames: ['queue'],
    })
    metrics.gauge({
      name: 'leadferry_queue_oldest_age_seconds',
      help: 'For how long the oldest that a free worker could take now has been waiting; 0 where none has',
      labelNames: ['queue'],
      async collect() {
        // Where the database does not answer, the last known numbers stay.
        for (const depth of await queueDepths(database).catch(() => [])) {
          const { queue } = depth
          waiting.set({ queue }, depth.waiting)
          running.set({ queue }, depth.running)
          this.set({ queue }, depth.age)
        }
      },
    })
    metrics.gauge({
      name: 'leadferry_dead_letters',
      help: 'What ended badly, goes on no more by itself and was neither replayed nor dismissed',
      labelNames: ['kind'],
      async collect() {
        const { rows } = await database.system
          .query<{ kind: string; n: number }>(countDeadLetters(deadLetterKinds))
          .catch(() => ({ rows: [] }))
        for (const { kind, n } of rows) this.set({ kind }, n)
      },
    })
  }
}
