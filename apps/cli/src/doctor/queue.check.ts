import { lookAtQueue, queueBackend, queueNames } from '#core'
import { type Check, fine, wrong } from './check.js'

/** The queue answers, and none of its queues is paused. */
export const queue: Check = {
  name: 'queue',
  advice:
    'Start Redis, or mend QUEUE_URL. Meanwhile nothing is lost: workers find what waits every SWEEP_SECONDS.',
  async run(config) {
    const { kind } = queueBackend(config)
    const paused: string[] = []
    let messages = 0
    for (const name of queueNames) {
      const found = await lookAtQueue(config, name)
      if (found.paused) paused.push(name)
      messages += found.messages
    }
    const place = kind === 'redis' ? 'Redis' : 'PostgreSQL'
    if (paused.length > 0)
      return wrong(
        `BullMQ on ${place} answers, but ${paused.join(' and ')} ${paused.length > 1 ? 'are' : 'is'} paused.`,
        `Run \`leadferry queue resume ${paused[0]}\` when the work may go on.`,
      )
    return fine(`BullMQ on ${place} answers; ${messages} messages wait.`)
  },
}
