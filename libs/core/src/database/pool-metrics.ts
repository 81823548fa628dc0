import { Inject, Injectable } from '@nestjs/common'
import type pg from 'pg'
import { Metrics } from '../metrics/metrics.js'
import { Database } from './database.js'
import { GatedPool } from './gated-pool.js'

/** What a scraper learns of the connections to PostgreSQL. */
@Injectable()
export class PoolMetrics {
  constructor(@Inject(Metrics) metrics: Metrics, @Inject(Database) { pools }: Database) {
    metrics.gauge({
      name: 'leadferry_database_pool_waiting',
      help: 'Calls of this process that wait for a connection of its pool',
      labelNames: ['role'],
      collect() {
        for (const [role, pool] of Object.entries(pools)) this.set({ role }, waitingFor(pool))
      },
    })
    metrics.gauge({
      name: 'leadferry_database_pool_connections',
      help: 'Connections of this process to PostgreSQL, busy and idle',
      labelNames: ['role', 'state'],
      collect() {
        for (const [role, pool] of Object.entries(pools)) {
          this.set({ role, state: 'busy' }, pool.totalCount - pool.idleCount)
          this.set({ role, state: 'idle' }, pool.idleCount)
        }
      },
    })
  }
}

const waitingFor = (pool: pg.Pool): number =>
  pool.waitingCount + (pool instanceof GatedPool ? pool.lineLength : 0)
