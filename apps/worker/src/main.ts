import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import { createLogger, holdSameBackend, loadConfig, NestLogger } from '#core'
import { WorkerModule } from './worker.module.js'

async function main(): Promise<void> {
  const config = loadConfig('worker')
  const logger = createLogger('worker', config.LOG_LEVEL)
  await holdSameBackend(config)
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), {
    logger: new NestLogger(logger),
    abortOnError: false,
  })
  app.enableShutdownHooks()
  logger.info('worker ready')
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`The worker could not start: ${message}\n`)
  process.exit(1)
})
