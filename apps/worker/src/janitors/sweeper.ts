import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common'
import { CONFIG, type Config, Database, within } from '#core'
import type { Drainable } from '../drainable.js'
import type { Janitor } from './janitor.js'

/** Injection token of every janitor, in the order they work. */
export const JANITORS = Symbol('JANITORS')

/** Spells SWEP: one sweeper at a time, whatever the number of workers. */
const SWEEP_LOCK = 0x53574550

const JANITOR_GRACE_MS = 2000

/** Sends the janitors out every SWEEP_SECONDS. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, Drainable {
  private readonly logger = new Logger(Sweeper.name)
  private timer: NodeJS.Timeout | undefined
  private sweeping: Promise<void> = Promise.resolve()
  private stopped = false

  constructor(
    @Inject(JANITORS) private readonly janitors: readonly Janitor[],
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The first round is at once: after a restart, what waited must not wait longer. */
  onApplicationBootstrap(): void {
    this.next(0)
  }

  /** Sends no more janitors out. The one that is out may be killed at its work, so it is not waited for for long. */
  async drain(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await within(JANITOR_GRACE_MS, this.sweeping)
  }

  /** One round, unless another worker is at it. A janitor that fails leaves the others their turn. */
  async sweep(): Promise<void> {
    const client = await this.database.system.connect()
    try {
      const { rows } = await client.query<{ ours: boolean }>('SELECT pg_try_advisory_lock($1) AS ours', [
        SWEEP_LOCK,
      ])
      if (rows[0]?.ours !== true) return
      for (const janitor of this.janitors) {
        if (this.stopped) break
        await this.send(janitor)
      }
      await client.query('SELECT pg_advisory_unlock($1)', [SWEEP_LOCK])
    } finally {
      client.release()
    }
  }

  private next(ms: number): void {
    if (this.stopped) return
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep()
        .catch((error: unknown) => this.logger.error({ err: error }, 'no round: the database is not there'))
        .finally(() => this.next(this.config.SWEEP_SECONDS * 1000))
    }, ms)
  }

  private async send(janitor: Janitor): Promise<void> {
    try {
      const done = await janitor.run()
      if (done > 0) this.logger.log({ janitor: janitor.name, done }, 'janitor')
    } catch (error) {
      this.logger.error({ janitor: janitor.name, err: error }, 'janitor failed')
    }
  }
}
