import type { INestApplicationContext } from '@nestjs/common'
import type { Logger } from 'pino'
import { closed, type Config, type EndTracing, within } from '#core'
import type { Drainable } from './drainable.js'
import { Sweeper } from './janitors/sweeper.js'
import { processorsOf } from './processors/all.js'

/** After DRAIN_SECONDS: the time that handing back may take. */
const HAND_BACK_MS = 10_000

/** By then nothing is under way, and a part that is down must not hold the end up. */
const CLOSE_MS = 3000

/**
 * Ends the process: what is under way may end within DRAIN_SECONDS, then it is handed back. What can't be handed back,
 * because the database is not there, is another worker's when its lease runs out.
 */
export async function shutDown(
  app: INestApplicationContext,
  config: Config,
  logger: Logger,
  endTracing: EndTracing,
): Promise<never> {
  logger.info('worker draining')
  const deadline = new AbortController()
  setTimeout(() => deadline.abort(), config.DRAIN_SECONDS * 1000)
  const parts: Drainable[] = [
    app.get(Sweeper),
    ...processorsOf(config).map((processor) => app.get(processor)),
  ]
  const drained = Promise.all(parts.map((part) => part.drain(deadline.signal)))
  if (!(await within(config.DRAIN_SECONDS * 1000 + HAND_BACK_MS, drained))) {
    process.stderr.write('The worker ends with work that it could not hand back: its lease has to run out\n')
    process.exit(1)
  }
  await closed(CLOSE_MS, [app.close(), endTracing()], logger)
  logger.info('worker ended')
  process.exit(0)
}
