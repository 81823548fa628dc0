import 'reflect-metadata'
import { Logger } from '@nestjs/common'
import type { Logger as Pino } from 'pino'
import {
  aborted,
  type Config,
  ConfigError,
  createLogger,
  endableAtOnce,
  endSignal,
  layFoundation,
  loadConfig,
  NestLogger,
  startTracing,
} from '#core'
import { exportEntities } from '#exports'
import { leadEntities } from '#leads'
import { tenancyEntities } from '#tenancy'
import { createGateway, type Gateway } from './gateway.js'
import { listen } from './listen.js'
import { shutDown } from './shutdown.js'

const entities = [...tenancyEntities, ...leadEntities, ...exportEntities]

try {
  await run(loadConfig('gateway'))
} catch (error) {
  if (error instanceof ConfigError) fail(error.message)
  fail(`The gateway could not start: ${error instanceof Error ? error.message : String(error)}`)
}

async function run(config: Config): Promise<void> {
  const logger = createLogger('gateway', config)
  // What is said before there is an app goes the same way.
  Logger.overrideLogger(new NestLogger(logger))
  const endTracing = await startTracing('gateway', config)
  const ending = endSignal()
  const gateway = await endableAtOnce(ending, () => start(config, logger))
  logger.info({ url: `http://${config.HOST}:${config.PORT}`, adminPort: config.ADMIN_PORT }, 'gateway ready')
  await aborted(ending)
  await shutDown(gateway, config, logger, endTracing)
}

async function start(config: Config, logger: Pino): Promise<Gateway> {
  const foundation = await layFoundation(config, { entities, waits: 'brief' }, logger, (error) =>
    fail(`The gateway ends: ${error.message}`),
  )
  const gateway = await createGateway(config, logger, foundation)
  await listen(gateway.api, config.HOST, config.PORT, 'PORT')
  await listen(gateway.admin, config.HOST, config.ADMIN_PORT, 'ADMIN_PORT')
  return gateway
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
