import type { Database, QueueName } from '#core'
import { queueDepthsSql } from './queue-depths.sql.js'

/** What waits for a queue's workers, and what they are at, by PostgreSQL. */
export interface QueueDepth {
  queue: QueueName
  /** Exports, mails or days. */
  waiting: number
  running: number
  /** Seconds that the oldest has waited which a free worker could take now; 0 where there is none. */
  age: number
}

/** Of every queue. */
export async function queueDepths({ system }: Pick<Database, 'system'>): Promise<QueueDepth[]> {
  return (await system.query<QueueDepth>(queueDepthsSql)).rows
}
