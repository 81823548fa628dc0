import { messagesOn, queueBackend, queueNames, withQueue } from '#core'
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
      await withQueue(config, name, async (opened) => {
        if (await opened.isPaused()) paused.push(name)
        messages += await messagesOn(opened)
      })
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
