/** Does something again and again, with a rest in between, until it is ended. */
export class Round {
  private readonly ending = new AbortController()
  private timer: NodeJS.Timeout | undefined
  private underWay: Promise<void> = Promise.resolve()

  /** @param go does it once; is asked by its signal to end early, and never throws */
  constructor(
    private readonly go: (signal: AbortSignal) => Promise<void>,
    private readonly restMs: number,
  ) {}

  /** The first one is at once: after a restart, what waited must not wait longer. */
  start(): void {
    this.next(0)
  }

  async end(): Promise<void> {
    this.ending.abort()
    clearTimeout(this.timer)
    await this.underWay
  }

  private next(ms: number): void {
    if (this.ending.signal.aborted) return
    this.timer = setTimeout(() => {
      this.underWay = this.go(this.ending.signal).finally(() => this.next(this.restMs))
    }, ms)
  }
}
