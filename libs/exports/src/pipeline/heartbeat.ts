import { type Config, within } from '#core'

/** Also how often a status learns of the rows so far, and how soon a cancelled export stops. */
const BEAT_MS = 1000

/** Why work was ended from outside: another holds what was claimed, or it was cancelled; it took too long; the worker shuts down. */
export type StopReason = 'fenced' | 'timed_out' | 'draining'

export class StoppedError extends Error {
  constructor(readonly reason: StopReason) {
    super(`the work was stopped: ${reason}`)
    this.name = 'StoppedError'
  }
}

/**
 * Keeps the lease of a claim while its work is under way, and ends the work when the lease is lost or
 * the time is up.
 */
export class Heartbeat {
  private readonly abort = new AbortController()
  private readonly deadline: NodeJS.Timeout
  private readonly leaseMs: number
  private timer: NodeJS.Timeout | undefined
  private renewedAt = performance.now()
  private done = false
  stopped: StopReason | undefined

  /** @param renew renews the lease; false when the claim is no longer ours */
  constructor(
    private readonly renew: () => Promise<boolean>,
    config: Pick<Config, 'EXPORT_LEASE_SECONDS' | 'EXPORT_MAX_SECONDS'>,
  ) {
    this.leaseMs = config.EXPORT_LEASE_SECONDS * 1000
    this.deadline = setTimeout(() => this.end('timed_out'), config.EXPORT_MAX_SECONDS * 1000)
    this.next()
  }

  /** Aborted when the work must end. */
  get signal(): AbortSignal {
    return this.abort.signal
  }

  stop(): void {
    this.done = true
    clearTimeout(this.timer)
    clearTimeout(this.deadline)
  }

  private next(): void {
    if (!this.done) this.timer = setTimeout(() => void this.beat(), Math.min(BEAT_MS, this.leaseMs / 4))
  }

  private async beat(): Promise<void> {
    const beatAt = performance.now()
    let ours: boolean | undefined
    const renewal = this.renew().then((answer) => {
      ours = answer
    })
    // A host that died without a word leaves the question open. Who was frozen past the lease may still ask.
    await within(Math.max(this.leaseMs / 4, this.renewedAt + this.leaseMs - beatAt), renewal)
    if (this.done) return
    if (ours === true) this.renewedAt = beatAt
    // The database may come back before the lease runs out; after that another worker may hold the claim.
    else if (ours === false || performance.now() - this.renewedAt >= this.leaseMs) return this.end('fenced')
    this.next()
  }

  private end(reason: StopReason): void {
    this.stopped ??= reason
    this.stop()
    this.abort.abort(new StoppedError(reason))
  }
}
