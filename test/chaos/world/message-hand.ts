import { Queue } from 'bullmq'
import type pg from 'pg'
import { loadConfig, jobCatalog, newHex, queueOptions } from '#core'

/** A hand in the queue that takes messages out and puts them in again. */
export class MessageHand {
  private readonly queues: Queue[]

  constructor(
    env: Record<string, string>,
    private readonly superuser: pg.Pool,
  ) {
    const options = queueOptions(loadConfig('cli', env), 'consumer')
    this.queues = [jobCatalog.exports, jobCatalog.mail].map(({ queue }) => new Queue(queue, options))
    // Of a server that is down; the call itself fails too.
    for (const queue of this.queues) queue.on('error', () => undefined)
  }

  /** Every message that waits is delivered to nobody. */
  async loseAll(): Promise<void> {
    for (const queue of this.queues) await queue.drain(true)
  }

  /** Exports that wait or run, and mails, are announced again, three times each. */
  async double(): Promise<void> {
    const { rows } = await this.superuser.query<{ id: string }>(
      `SELECT id FROM exports WHERE state IN ('queued', 'running', 'completed') ORDER BY random() LIMIT 10`,
    )
    for (const { id } of rows) {
      for (const queue of this.queues)
        for (let n = 0; n < 3; n++) await queue.add('wake', { id }, { jobId: `${id}-${newHex()}` })
    }
  }

  async close(): Promise<void> {
    // A connection that never came up can't be closed in order.
    for (const queue of this.queues)
      await Promise.race([queue.close(), new Promise((done) => setTimeout(done, 2000))])
  }
}
