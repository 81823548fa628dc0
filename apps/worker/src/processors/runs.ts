import { Logger } from '@nestjs/common'
import type { Worker } from 'bullmq'

/** The runs of a processor that are under way; closed, it begins no more. */
export class Runs {
  private readonly logger: Logger
  private readonly underWay = new Set<Promise<void>>()
  private closed = false

  /** @param name whose runs they are, for the log */
  constructor(name: string) {
    this.logger = new Logger(name)
  }

  get isClosed(): boolean {
    return this.closed
  }

  /** Never throws: a message is tried once, and what it woke for is found by the sweeper. */
  async begin(work: () => Promise<void>): Promise<void> {
    if (this.closed) return
    const run = work().catch((error: unknown) =>
      this.logger.error({ err: error }, 'the run ended in an error'),
    )
    this.underWay.add(run)
    await run
    this.underWay.delete(run)
  }

  /**
   * Begins none any more, and resolves when none is under way.
   *
   * @param worker is told to take no more messages; it is not waited for, because its backend may be down
   */
  async end(worker: Worker): Promise<void> {
    this.closed = true
    worker.close().catch((error: unknown) => this.logger.warn({ err: error }, 'the queue did not close'))
    await Promise.all(this.underWay)
  }
}
