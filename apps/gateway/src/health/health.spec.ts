import { Logger } from '@nestjs/common'
import type { Queue } from 'bullmq'
import type { Database, ObjectStore } from '#core'
import { Draining } from '../draining.js'
import { HealthService } from './health.service.js'

describe('a probe of a store that says nothing', () => {
  it('leaves no question behind', async () => {
    Logger.overrideLogger(false)
    let asked: AbortSignal | undefined
    // Fakes: what is tested is what the store is told, and not the store.
    const store = {
      check: (signal: AbortSignal) => {
        asked = signal
        return new Promise<void>(() => undefined)
      },
    } as ObjectStore
    const database = { check: () => Promise.resolve() } as Database
    const queue = { getJobCounts: () => Promise.resolve({}) } as unknown as Queue
    const health = new HealthService(database, store, queue, new Draining())
    expect(await health.readiness()).toMatchObject({ status: 'degraded', storage: 'down' })
    expect(asked?.aborted).toBe(true)
  })
})
