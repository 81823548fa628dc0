import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { AdvisoryLocks, CONFIG, type Config, within, withJoinedSignal } from '#core'
import type { Drainable } from '../drainable.js'
import { JanitorBook, type Run } from './janitor-book.js'
import { JanitorMetrics } from './janitor-metrics.js'
import { type Janitor, type Pace, paces } from './janitor.js'
import { Round } from './round.js'

/** Injection token of every janitor, in the order they work. */
export const JANITORS = Symbol('JANITORS')

/** Spells SWEP; the second half of a lock's key is the pace's: one worker at a time, whatever their number. */
const SWEEP_LOCK = 0x53574550

const JANITOR_GRACE_MS = 2000

/** Sends the janitors out: looks every SWEEP_SECONDS whose turn it is, each pace by itself. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, Drainable {
  private readonly logger = new Logger(Sweeper.name)
  private readonly locks: AdvisoryLocks
  private readonly rounds: Round[]

  constructor(
    @Inject(JANITORS) private readonly janitors: readonly Janitor[],
    @Inject(JanitorBook) private readonly book: JanitorBook,
    @Inject(JanitorMetrics) private readonly metrics: JanitorMetrics,
    @Inject(CONFIG) config: Pick<Config, 'SWEEP_SECONDS' | 'SYSTEM_DATABASE_URL'>,
  ) {
    this.locks = new AdvisoryLocks(config.SYSTEM_DATABASE_URL)
    this.rounds = (Object.keys(paces) as Pace[]).map(
      (pace) => new Round((signal) => this.sweep(pace, signal), config.SWEEP_SECONDS * 1000),
    )
  }

  onApplicationBootstrap(): void {
    for (const round of this.rounds) round.start()
  }

  /** Sends no more janitors out. One that is out may be killed at its work, so it is not waited for for long. */
  async drain(): Promise<void> {
    await within(JANITOR_GRACE_MS, Promise.all(this.rounds.map((round) => round.end())))
    await within(JANITOR_GRACE_MS, this.locks.close())
  }

  /** One round of a pace, unless another worker is at it. Never throws. */
  async sweep(pace: Pace, ending: AbortSignal): Promise<void> {
    try {
      await this.locks.alone([SWEEP_LOCK, paces[pace].lock], (lost) =>
        withJoinedSignal([ending, lost], async (signal) => {
          for (const janitor of this.janitors) {
            if (janitor.pace === pace && !signal.aborted) await this.send(janitor, signal)
          }
        }),
      )
    } catch (error) {
      this.logger.error({ pace, err: error }, 'no round: the database is not there')
    }
  }

  /** A janitor that fails leaves the others their turn. */
  private async send(janitor: Janitor, signal: AbortSignal): Promise<void> {
    if (!(await this.book.begin(janitor))) return
    const started = performance.now()
    const run = await runOf(janitor, signal)
    const ms = Math.round(performance.now() - started)
    this.metrics.observe(janitor.name, run, ms / 1000)
    const log = { janitor: janitor.name, ms }
    if (run.outcome === 'failed') this.logger.error({ ...log, err: run.error }, 'janitor failed')
    else if (run.done > 0) this.logger.log({ ...log, done: run.done }, 'janitor')
    await this.book.end(janitor.name, run)
  }
}

async function runOf(janitor: Janitor, signal: AbortSignal): Promise<Run> {
  try {
    const done = await janitor.run(signal)
    return { outcome: signal.aborted ? 'stopped' : 'succeeded', done }
  } catch (error) {
    return signal.aborted ? { outcome: 'stopped', done: 0 } : { outcome: 'failed', error }
  }
}
