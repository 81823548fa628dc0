/** Things by their time, the earliest first: a binary heap. */
export class TimeQueue<T> {
  private readonly times: number[] = []
  private readonly things: T[] = []

  get size(): number {
    return this.times.length
  }

  /** The earliest time, Infinity where there is nothing. */
  get due(): number {
    return this.times[0] ?? Infinity
  }

  add(time: number, thing: T): void {
    let at = this.times.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.timeAt(parent) <= time) break
      this.move(parent, at)
      at = parent
    }
    this.times[at] = time
    this.things[at] = thing
  }

  /** Takes the earliest out. */
  take(): T | undefined {
    const first = this.things[0]
    const time = this.times.pop()
    const last = this.things.pop()
    if (time !== undefined && last !== undefined && this.times.length > 0) this.sink(time, last)
    return first
  }

  private sink(time: number, thing: T): void {
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const child = this.timeAt(left + 1) < this.timeAt(left) ? left + 1 : left
      if (this.timeAt(child) >= time) break
      this.move(child, at)
      at = child
    }
    this.times[at] = time
    this.things[at] = thing
  }

  private timeAt(index: number): number {
    return this.times[index] ?? Infinity
  }

  private move(from: number, to: number): void {
    this.times[to] = this.timeAt(from)
    this.things[to] = this.things[from] as T
  }
}
