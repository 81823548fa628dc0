import 'reflect-metadata'
import { type INestApplicationContext, Logger } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { Logger as Pino } from 'pino'
import {
  aborted,
  type Config,
  createLogger,
  endableAtOnce,
  endSignal,
  giveWay,
  isAbsence,
  layFoundation,
  loadConfig,
  NestLogger,
  startTracing,
  within,
} from '#core'
import { exportEntities } from '#exports'
import { leadEntities } from '#leads'
import { tenancyEntities } from '#tenancy'
import { Sweeper } from './janitors/sweeper.js'
import { processorsOf } from './processors/all.js'
import { shutDown } from './shutdown.js'
import { startProcessors } from './start-processors.js'
import { WorkerModule } from './worker.module.js'

/** Where a gateway shares the machine it goes first: a file may take longer, and a list is waited for. */
const NICENESS = 5
/** A part that is down must not hold up the next try. */
const CLOSE_MS = 3000

const entities = [...tenancyEntities, ...leadEntities, ...exportEntities]

async function main(): Promise<void> {
  const config = loadConfig('worker')
  giveWay(NICENESS)
  const logger = createLogger('worker', config)
  // What is said before there is an app goes the same way.
  Logger.overrideLogger(new NestLogger(logger))
  const endTracing = await startTracing('worker', config)
  const ending = endSignal()
  // Until messages are taken nothing is under way but janitors, which may be killed at their work.
  const app = await endableAtOnce(ending, () => start(config, logger))
  logger.info({ queues: config.WORKER_QUEUES }, 'worker ready')
  await aborted(ending)
  await shutDown(app, config, logger, endTracing)
}

async function start(config: Config, logger: Pino): Promise<INestApplicationContext> {
  const foundation = await layFoundation(config, { entities }, logger, (error) =>
    fail(`The worker ends: ${error.message}`),
  )
  const app = await NestFactory.createApplicationContext(
    WorkerModule.forRoot(config, () => foundation),
    { logger: new NestLogger(logger), abortOnError: false },
  )
  const hosts = processorsOf(config).map((processor) => app.get(processor))
  try {
    await startProcessors(hosts, logger)
    return app
  } catch (error) {
    if (!isAbsence(error)) throw error
    // BullMQ keeps a first look at its tables that failed for ever, so all is made anew.
    logger.warn('the database went away while the queues were started: starting anew')
    // Or its janitors would go on beside the new ones, over a database that is closed.
    await app.get(Sweeper).drain()
    await within(CLOSE_MS, app.close())
    return start(config, logger)
  }
}

main().catch((error: unknown) => {
  fail(`The worker could not start: ${error instanceof Error ? error.message : String(error)}`)
})

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
