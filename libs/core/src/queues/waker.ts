import { getQueueToken } from '@nestjs/bullmq'
import { Injectable, Logger } from '@nestjs/common'
import { ModuleRef } from '@nestjs/core'
import type { Queue } from 'bullmq'
import type { JobPayload, QueueName } from './catalog.js'
import { announce } from './open-queue.js'

/** A caller never waits longer than this for a queue that does not answer. */
const WAKE_TIMEOUT_MS = 1000

/** Tells a queue's workers that there is work. */
@Injectable()
export class Waker {
  private readonly logger = new Logger(Waker.name)

  constructor(private readonly modules: ModuleRef) {}

  /**
   * Announces work, and never throws: the row in PostgreSQL is the truth, and the sweeper announces
   * again what was announced to no one.
   */
  async wake<Q extends QueueName>(name: Q, payload: JobPayload<Q>): Promise<void> {
    try {
      const queue = this.modules.get<Queue>(getQueueToken(name), { strict: false })
      await withTimeout(announce(queue, name, payload), WAKE_TIMEOUT_MS)
    } catch (error) {
      this.logger.warn(
        { queue: name, err: error },
        'the queue took no message; the sweeper will announce the work',
      )
    }
  }
}

function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
