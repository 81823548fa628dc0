import 'reflect-metadata'
import { type Config, ConfigError, createLogger, holdSameBackend, loadConfig } from '#core'
import { createGateway, type Gateway } from './gateway.js'
import { listen } from './listen.js'

/** Beside DRAIN_SECONDS for what is under way: the time that closing the connections may take. */
const CLOSE_MARGIN_MS = 5000

try {
  await run(loadConfig('gateway'))
} catch (error) {
  if (error instanceof ConfigError) fail(error.message)
  fail(`The gateway could not start: ${error instanceof Error ? error.message : String(error)}`)
}

async function run(config: Config): Promise<void> {
  const logger = createLogger('gateway', config.LOG_LEVEL)
  const release = await holdSameBackend(config)
  const gateway = await createGateway(config, logger)
  await listen(gateway.api, config.HOST, config.PORT, 'PORT')
  await listen(gateway.admin, config.HOST, config.ADMIN_PORT, 'ADMIN_PORT')
  endOnSignal(config, gateway, release)
  logger.info({ url: `http://${config.HOST}:${config.PORT}`, adminPort: config.ADMIN_PORT }, 'gateway ready')
}

function endOnSignal(config: Config, gateway: Gateway, release: () => Promise<void>): void {
  const end = () => {
    // A download that never ends must not hold the process for ever.
    setTimeout(() => process.exit(1), config.DRAIN_SECONDS * 1000 + CLOSE_MARGIN_MS).unref()
    gateway
      .close()
      .then(release)
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
