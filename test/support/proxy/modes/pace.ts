const TICK_MS = 50

/** Moves at most so many bytes, fewer where there are no more or no place for them. @returns how many it moved */
export type Flow = (limit: number) => number

/** Allows all its flows together so many bytes a second, at every tick what the time since the last one comes to. */
export class Pace {
  private readonly flows = new Set<Flow>()
  private readonly timer = setInterval(() => this.tick(), TICK_MS)
  private allowed = 0
  private last = performance.now()

  constructor(private readonly bytesPerSecond: number) {}

  join(flow: Flow): void {
    this.flows.add(flow)
  }

  leave(flow: Flow): void {
    this.flows.delete(flow)
  }

  /** For a flow that has more by now: what no other wanted at the last tick. */
  more(flow: Flow): void {
    while (this.allowed >= 1 && this.spend(flow, this.allowed) > 0);
  }

  end(): void {
    clearInterval(this.timer)
  }

  private tick(): void {
    const now = performance.now()
    // Fractions of a byte are kept, what nobody wanted is not.
    this.allowed = (this.allowed % 1) + ((now - this.last) * this.bytesPerSecond) / 1000
    this.last = now
    let hungry = [...this.flows]
    while (hungry.length > 0 && this.allowed >= 1) {
      const share = Math.max(1, Math.floor(this.allowed / hungry.length))
      hungry = hungry.filter((flow) => this.spend(flow, share) > 0)
    }
  }

  private spend(flow: Flow, share: number): number {
    const moved = flow(Math.floor(Math.min(share, this.allowed)))
    this.allowed -= moved
    return moved
  }
}
