import { Processor, WorkerHost } from '@nestjs/bullmq'
import { Inject, type OnApplicationBootstrap } from '@nestjs/common'
import { CONFIG, type Config, jobCatalog, Waker } from '#core'
import { ClaimsService, ExportRunner } from '#exports'
import type { Drainable } from '../drainable.js'
import { Runs } from './runs.js'

/** Runs the next export that is due. The message's id is a hint only: the claim decides which one is fair to take. */
@Processor(jobCatalog.exports.queue, { autorun: false })
export class ExportProcessor extends WorkerHost implements OnApplicationBootstrap, Drainable {
  private readonly runs = new Runs(ExportProcessor.name)

  constructor(
    @Inject(ExportRunner) private readonly runner: ExportRunner,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(Waker) private readonly waker: Waker,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super()
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = this.config.WORKER_CONCURRENCY
  }

  process(): Promise<void> {
    return this.runs.begin(() => this.runNext())
  }

  /** Takes no more work, lets what runs end until the deadline, then hands it back. */
  async drain(deadline: AbortSignal): Promise<void> {
    deadline.addEventListener('abort', () => this.runner.drain())
    await this.runs.end(this.worker)
  }

  private async runNext(): Promise<void> {
    const ended = await this.runner.runNext()
    if (ended === null) return
    if (ended.outcome === 'completed' || ended.outcome === 'failed') {
      await this.waker.wake('mail', { id: ended.exportId })
    }
    // A slot is free: whoever waited for it may never have been announced again.
    const [next] = await this.claims.due(1)
    if (next !== undefined) await this.waker.wake('exports', { id: next })
  }
}
