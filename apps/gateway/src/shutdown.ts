import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { closed, type Config, type EndTracing } from '#core'
import type { Gateway } from './gateway.js'

/** By then no request is under way, and a part that is down must not hold the end up. */
const CLOSE_MS = 5000

/**
 * Ends the process without losing a request: says that it is not ready while it still accepts, then accepts no more and
 * answers what is under way, for DRAIN_SECONDS at most.
 */
export async function shutDown(
  gateway: Gateway,
  config: Config,
  logger: Logger,
  endTracing: EndTracing,
): Promise<never> {
  logger.info({ delaySeconds: config.SHUTDOWN_DELAY_SECONDS }, 'gateway draining')
  gateway.draining.begin()
  await sleep(config.SHUTDOWN_DELAY_SECONDS * 1000)
  const answered = await gateway.endConnections(config.DRAIN_SECONDS * 1000)
  if (!answered) logger.warn('answers that took longer than DRAIN_SECONDS were cut')
  await closed(CLOSE_MS, [gateway.close(), endTracing()], logger)
  logger.info('gateway ended')
  process.exit(0)
}
