import { type JobType, Queue } from 'bullmq'
import { Cluster } from 'ioredis'
import { newHex } from '../ids.js'
import { within } from '../lifetime/within.js'
import { type QueueConfig, queueOptions } from './backend.js'
import { type JobPayload, jobCatalog, type QueueName } from './catalog.js'

/** BullMQ tries a connection that is refused again and again, and tells nobody who waits. */
const READY_MS = 5000
const CLOSE_MS = 2000

/**
 * Works on one queue outside of an app, and leaves no connection behind.
 *
 * @throws Error where the queue does not answer within five seconds
 */
export async function withQueue<T>(
  config: QueueConfig,
  name: QueueName,
  work: (queue: Queue) => Promise<T>,
): Promise<T> {
  const options = queueOptions(config, 'producer')
  const queue = new Queue(jobCatalog[name].queue, options)
  let problem = 'no answer'
  queue.on('error', ({ message }) => (problem = message))
  try {
    const ready = queue.waitUntilReady()
    if (!(await within(READY_MS, ready))) throw new Error(`the queue is not there: ${problem}`)
    await ready
    return await work(queue)
  } finally {
    await within(CLOSE_MS, queue.close())
    if (options.connection instanceof Cluster) options.connection.disconnect()
  }
}

/** How many messages of a queue wait, and whether it is paused. */
export const lookAtQueue = (
  config: QueueConfig,
  name: QueueName,
): Promise<{ messages: number; paused: boolean }> =>
  withQueue(config, name, async (queue) => ({
    messages: await messagesOn(queue),
    paused: await queue.isPaused(),
  }))

/** How many messages wait. The PostgreSQL backend counts those of a paused queue apart, and BullMQ's types don't know it. */
export async function messagesOn(queue: Queue): Promise<number> {
  const counts = await queue.getJobCounts('waiting', 'paused' as JobType)
  return (counts['waiting'] ?? 0) + (counts['paused'] ?? 0)
}

/** Puts a message on a queue that wakes one of its workers. */
export async function announce<Q extends QueueName>(
  queue: Queue,
  name: Q,
  payload: JobPayload<Q>,
): Promise<void> {
  jobCatalog[name].payload.parse(payload)
  // An id of our own: for ids of its own BullMQ would create a sequence in PostgreSQL, which `system` may not.
  await queue.add('wake', payload, { jobId: `${payload.id}-${newHex()}` })
}
