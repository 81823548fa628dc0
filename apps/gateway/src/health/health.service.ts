import { getQueueToken } from '@nestjs/bullmq'
import { Inject, Injectable, Logger } from '@nestjs/common'
import type { Queue } from 'bullmq'
import { Database, ObjectStore } from '#core'
import { Draining } from '../draining.js'
import type { PartState, Readiness } from './health.schema.js'

/** A part that has not answered by then counts as down. */
const CHECK_TIMEOUT_MS = 2000

/**
 * Whether this gateway should get traffic. Without the database it can do nothing (down). Without the
 * queue or the storage it still answers and still accepts exports, none of which is lost: workers
 * find them when the part is back. Taking every gateway out of service for that would turn a delay
 * into an outage, so it is called degraded and stays ready.
 */
@Injectable()
export class HealthService {
  private readonly logger = new Logger(HealthService.name)

  constructor(
    @Inject(Database) private readonly databaseConnection: Database,
    @Inject(ObjectStore) private readonly store: ObjectStore,
    @Inject(getQueueToken('exports')) private readonly exportsQueue: Queue,
    @Inject(Draining) private readonly draining: Draining,
  ) {}

  async readiness(): Promise<Readiness> {
    const [database, queue, storage] = await Promise.all([
      this.check('database', () => this.databaseConnection.check()),
      this.check('queue', () => this.exportsQueue.getJobCounts('waiting')),
      this.check('storage', (signal) => this.store.check(signal)),
    ])
    const parts = { database, queue, storage }
    if (this.draining.underWay) return { status: 'draining', ...parts }
    if (database === 'down') return { status: 'down', ...parts }
    return { status: queue === 'ok' && storage === 'ok' ? 'ok' : 'degraded', ...parts }
  }

  private async check(part: string, ask: (signal: AbortSignal) => Promise<unknown>): Promise<PartState> {
    const over = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`))
        // What is still asked must not pile up, probe by probe.
        over.abort()
      }, CHECK_TIMEOUT_MS)
    })
    try {
      await Promise.race([ask(over.signal), late])
      return 'ok'
    } catch (error) {
      this.logger.warn({ part, err: error }, 'a part is down')
      return 'down'
    } finally {
      clearTimeout(timer)
    }
  }
}
