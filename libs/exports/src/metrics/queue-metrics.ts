import { Inject, Injectable } from '@nestjs/common'
import { Database, Metrics } from '#core'
import { deadLetterKinds } from '../dead-letters/dead-letter.js'
import { countDeadLetters } from '../dead-letters/dead-letters.sql.js'
import { type QueueDepth, queueDepths } from './queue-depths.js'

/**
 * What a scraper learns of the work that waits: by PostgreSQL, which is the truth of it, and by every process alike, so
 * that whoever is scraped tells of all. Who can't ask the database says nothing: an old number would be taken for the
 * truth beside those of others.
 */
@Injectable()
export class QueueMetrics {
  constructor(@Inject(Metrics) metrics: Metrics, @Inject(Database) database: Database) {
    const depths = sharedWhileUnderWay(() => queueDepths(database).catch(() => []))
    const ofQueues = (name: string, help: string, pick: (depth: QueueDepth) => number) =>
      metrics.gauge({
        name,
        help,
        labelNames: ['queue'],
        async collect() {
          const found = await depths()
          this.reset()
          for (const depth of found) this.set({ queue: depth.queue }, pick(depth))
        },
      })
    ofQueues(
      'leadferry_queue_waiting',
      'Exports, mails or days that wait, over all workers',
      ({ waiting }) => waiting,
    )
    ofQueues(
      'leadferry_queue_running',
      'Exports, mails or days that are under way, over all workers',
      ({ running }) => running,
    )
    ofQueues(
      'leadferry_queue_oldest_age_seconds',
      'For how long the oldest that a free worker could take now has been waiting; 0 where none has',
      ({ age }) => age,
    )
    metrics.gauge({
      name: 'leadferry_dead_letters',
      help: 'What ended badly, goes on no more by itself and was neither replayed nor dismissed',
      labelNames: ['kind'],
      async collect() {
        const { rows } = await database.system
          .query<{ kind: string; n: number }>(countDeadLetters(deadLetterKinds))
          .catch(() => ({ rows: [] }))
        this.reset()
        for (const { kind, n } of rows) this.set({ kind }, n)
      },
    })
  }
}

/** The gauges of one scrape are collected side by side, and are of one look. */
function sharedWhileUnderWay<T>(look: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined
  return () => (underWay ??= look().finally(() => (underWay = undefined)))
}
