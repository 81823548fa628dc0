import { Processor, WorkerHost } from '@nestjs/bullmq'
import { Inject } from '@nestjs/common'
import { jobCatalog, Waker } from '#core'
import { DayBuilder, DayClaimsService } from '#exports'
import type { Drainable } from '../drainable.js'
import { Runs } from './runs.js'

/** Builds daily archives, one slice of a day at a time, of the workspaces in turn: nobody waits for them as for an export. */
@Processor(jobCatalog.archive.queue, { autorun: false })
export class ArchiveProcessor extends WorkerHost implements Drainable {
  private readonly runs = new Runs(ArchiveProcessor.name)

  constructor(
    @Inject(DayBuilder) private readonly builder: DayBuilder,
    @Inject(DayClaimsService) private readonly claims: DayClaimsService,
    @Inject(Waker) private readonly waker: Waker,
  ) {
    super()
  }

  process(): Promise<void> {
    return this.runs.begin(() => this.buildNext())
  }

  /** Takes no more slices, lets the one under way end until the deadline, then hands it back. */
  async drain(deadline: AbortSignal): Promise<void> {
    deadline.addEventListener('abort', () => this.builder.drain())
    await this.runs.end(this.worker)
  }

  private async buildNext(): Promise<void> {
    if ((await this.builder.buildNext()) === null) return
    const [next] = await this.claims.due(1)
    if (next !== undefined) await this.waker.wake('archive', { id: next })
  }
}
