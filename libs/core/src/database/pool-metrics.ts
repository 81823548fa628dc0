import { Inject, Injectable } from '@nestjs/common'
import { Metrics } from '../metrics/metrics.js'
import { Database } from './database.js'

/** What a scraper learns of the connections to PostgreSQL. */
@Injectable()
export class PoolMetrics {
  constructor(@Inject(Metrics) metrics: Metrics, @Inject(Database) database: Database) {
    const waiting = metrics.gauge({
      name: 'leadferry_database_pool_waiting',
      help: 'Calls of this process that wait for a connection of its pool',
      labelNames: ['role'],
    })
    metrics.gauge({
      name: 'leadferry_database_pool_connections',
      help: 'Connections of this process to PostgreSQL, busy and idle',
      labelNames: ['role', 'state'],
      collect() {
        for (const [role, pool] of Object.entries(database.pools)) {
          this.set({ role, state: 'busy' }, pool.totalCount - pool.idleCount)
          this.set({ role, state: 'idle' }, pool.idleCount)
          waiting.set({ role }, pool.waitingCount)
        }
      },
    })
  }
}
