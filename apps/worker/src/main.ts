import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import { aborted, createLogger, endableAtOnce, endSignal, layFoundation, loadConfig, NestLogger } from '#core'
import { exportEntities } from '#exports'
import { leadEntities } from '#leads'
import { tenancyEntities } from '#tenancy'
import { shutDown } from './shutdown.js'
import { WorkerModule } from './worker.module.js'

const entities = [...tenancyEntities, ...leadEntities, ...exportEntities]

async function main(): Promise<void> {
  const config = loadConfig('worker')
  const logger = createLogger('worker', config.LOG_LEVEL)
  const ending = endSignal()
  const foundation = await endableAtOnce(ending, () =>
    layFoundation(config, entities, logger, (error) => fail(`The worker ends: ${error.message}`)),
  )
  // From here on work may be under way, and is ended in order.
  const app = await NestFactory.createApplicationContext(
    WorkerModule.forRoot(config, () => foundation),
    { logger: new NestLogger(logger), abortOnError: false },
  )
  logger.info('worker ready')
  await aborted(ending)
  await shutDown(app, config, logger)
}

main().catch((error: unknown) => {
  fail(`The worker could not start: ${error instanceof Error ? error.message : String(error)}`)
})

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
