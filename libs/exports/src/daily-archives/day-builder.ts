import { Inject, Injectable, Logger } from '@nestjs/common'
import { CONFIG, type Config } from '#core'
import { CleanupService } from '../cleanup/cleanup.service.js'
import { ArchiveMetrics, type DayOutcome } from '../metrics/archive-metrics.js'
import { attempt } from '../pipeline/attempt.js'
import { StoppedError } from '../pipeline/heartbeat.js'
import { untilWritten } from '../pipeline/until-written.js'
import { type DayClaim, DayClaimsService } from './day-claims.service.js'
import { SliceBuilder } from './slice-builder.js'

/**
 * Claims a day and builds a slice of its archives. The files of all slices are listed together, when the last one is
 * built; a day of few files is one slice.
 */
@Injectable()
export class DayBuilder {
  private readonly logger = new Logger(DayBuilder.name)
  private readonly draining = new AbortController()

  constructor(
    @Inject(SliceBuilder) private readonly slices: SliceBuilder,
    @Inject(DayClaimsService) private readonly claims: DayClaimsService,
    @Inject(CleanupService) private readonly cleanup: CleanupService,
    @Inject(ArchiveMetrics) private readonly metrics: ArchiveMetrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Builds a slice of the next day that is due; null when none is. Never throws for a fault of the build. */
  async buildNext(): Promise<DayOutcome | null> {
    const claim = await this.claims.claim()
    if (claim === null) return null
    const { workspaceId, day, epoch } = claim
    const started = performance.now()
    const outcome = await this.attempt(claim)
    if (outcome === 'lost') await this.cleanup.removeLeftBy(claim, this.draining.signal)
    const ms = performance.now() - started
    this.metrics.attempted(outcome, ms / 1000)
    this.logger.log({ workspaceId, day, epoch, outcome, ms: Math.round(ms) }, 'daily archives: attempt ended')
    return outcome
  }

  /** Hands the day of the slice under way back. */
  drain(): void {
    this.draining.abort(new StoppedError('draining'))
  }

  private async attempt(claim: DayClaim): Promise<DayOutcome> {
    const terms = {
      renew: () => this.claims.renew(claim),
      draining: this.draining.signal,
      config: this.config,
    }
    const work = async (signal: AbortSignal): Promise<DayOutcome> => {
      const slice = await this.slices.build(claim, signal)
      if (!slice.isLast) return (await this.claims.keep(claim, slice)) ? 'slice' : 'lost'
      return (await this.claims.finish(claim, slice)) ? 'built' : 'lost'
    }
    const end = await attempt(work, terms)
    switch (end.how) {
      case 'done':
        return end.result
      case 'fenced':
        return 'lost'
      case 'draining':
        return (await untilWritten(() => this.claims.handBack(claim), this.config)) ? 'due' : 'lost'
      case 'fault': {
        const { workspaceId, day } = claim
        this.logger.error({ workspaceId, day, err: end.error, ...end.verdict }, 'daily archives not built')
        const putOff = () => this.claims.putOff(claim, end.verdict.reason)
        return (await untilWritten(putOff, this.config)) ? 'due' : 'lost'
      }
    }
  }
}
