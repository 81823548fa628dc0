import type { WorkerHost } from '@nestjs/bullmq'
import type { Logger } from 'pino'
import { tellErrors } from '#core'

const TELL_EVERY_MS = 10_000

/**
 * Waits until the queues are there, then has the processors take messages. They do not begin by themselves: where its
 * first look at a database fails, BullMQ would ask again without a pause, for ever.
 *
 * @throws Error when the database was lost in this moment
 */
export async function startProcessors(processors: readonly WorkerHost[], logger: Logger): Promise<void> {
  const workers = processors.map(({ worker }) => worker)
  for (const worker of workers) tellErrors(worker)
  const tell = () => logger.warn('waiting for the queue (QUEUE_URL, REDIS_URL or SYSTEM_DATABASE_URL)')
  const telling = setInterval(tell, TELL_EVERY_MS)
  const soon = setTimeout(tell, 1000)
  try {
    await Promise.all(workers.map((worker) => worker.waitUntilReady()))
  } finally {
    clearInterval(telling)
    clearTimeout(soon)
  }
  for (const worker of workers) {
    worker
      .run()
      .catch((err: unknown) => logger.error({ err, queue: worker.name }, 'the queue is no longer read'))
  }
}
