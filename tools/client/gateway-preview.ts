import { randomBytes } from 'node:crypto'
import { NestFactory } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { loadConfig } from '#core'
import { GatewayModule } from '../../apps/gateway/src/gateway.module.js'
import { createAdapter } from '../../apps/gateway/src/http/adapter.js'

const nowhere = 'postgres://nobody@127.0.0.1:1/nothing'

/** Enough for the configuration to be valid; nothing of it is connected to. */
const env = {
  DATABASE_URL: nowhere,
  SYSTEM_DATABASE_URL: nowhere,
  QUEUE_URL: nowhere,
  S3_ENDPOINT: 'http://127.0.0.1:1',
  S3_BUCKET: 'preview',
  S3_ACCESS_KEY_ID: 'preview',
  S3_SECRET_ACCESS_KEY: randomBytes(32).toString('hex'),
  SMTP_URL: 'smtp://127.0.0.1:1',
  PUBLIC_URL: 'https://your-domain.com',
  APP_SECRET: randomBytes(32).toString('hex'),
  ADMIN_TOKEN: randomBytes(32).toString('hex'),
}

const standsOnNothing = () => {
  throw new Error('a preview connects to nothing')
}

/**
 * The public port's controllers without what they stand on (Nest's preview mode makes no provider):
 * enough to read routes and the document from, not to answer.
 */
export function previewGateway(): Promise<NestFastifyApplication> {
  const config = loadConfig('gateway', env)
  return NestFactory.create<NestFastifyApplication>(
    GatewayModule.forRoot(config, standsOnNothing),
    createAdapter(config),
    { preview: true, logger: false, bodyParser: false, abortOnError: false },
  )
}
