import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Config } from '../config/schema.js'
import { CONFIG } from '../config/token.js'
import { Metrics } from './metrics.js'

/**
 * Serves `/metrics` on METRICS_PORT, where that is set: a port of its own, that nobody but the scraper reaches. A worker
 * has no other, so `/health/live` is here too: whether the process answers.
 */
@Injectable()
export class MetricsServer implements OnModuleInit, OnApplicationShutdown {
  private readonly server = createServer((request, response) => void this.answer(request, response))

  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Pick<Config, 'METRICS_PORT' | 'HOST'>,
  ) {}

  /** @throws Error that names a port that is taken */
  async onModuleInit(): Promise<void> {
    const { METRICS_PORT: port, HOST: host } = this.config
    if (port === undefined) return
    this.metrics.ofTheProcess()
    this.server.listen(port, host)
    try {
      await once(this.server, 'listening')
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EADDRINUSE') throw error
      throw new Error(`port ${port} (METRICS_PORT) is taken on ${host}`, { cause: error })
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.server.listening) return
    this.server.close()
    this.server.closeAllConnections()
    await once(this.server, 'close')
  }

  private async answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = url?.split('?')[0]
    if (path !== '/metrics' && path !== '/health/live') return void response.writeHead(404).end()
    if (method !== 'GET' && method !== 'HEAD')
      return void response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    if (path === '/health/live')
      return void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"ok"}')
    try {
      const { contentType, text } = await this.metrics.exposition()
      response.writeHead(200, { 'Content-Type': contentType }).end(text)
    } catch {
      response.writeHead(500).end()
    }
  }
}
