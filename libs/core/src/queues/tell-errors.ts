import { Logger } from '@nestjs/common'
import type { Queue, Worker } from 'bullmq'

const logger = new Logger('Queues')

/**
 * Logs what goes wrong on a queue's connections, which BullMQ mends by itself; what nobody listens to it prints. Not the
 * error as it is: pg's has the connection in it.
 */
export function tellErrors(
  queue: Pick<Queue | Worker, 'name'> & { on(event: 'error', tell: (error: Error) => void): unknown },
): void {
  queue.on('error', (error) => {
    const { code } = error as { code?: unknown }
    logger.warn(
      { queue: queue.name, code, problem: error.message },
      'the connection to the queue had an error',
    )
  })
}
