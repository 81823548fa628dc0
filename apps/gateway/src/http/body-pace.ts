/** Bytes of a body that are read as fast as they come: most bodies are no longer. */
export const READ_AT_ONCE = 128 * 1024
/** Milliseconds between two pieces of what is longer, of 64 KiB at most: 32 MB a second in all. */
const PACE_MS = 2

/**
 * Lets those who wait go on one after the other. Node reads as fast as clients send, and megabytes that come at once keep
 * the event loop, and V8's collections of what they were read into, from the requests of others.
 */
export class BodyPace {
  private readonly line: (() => void)[] = []
  private timer: NodeJS.Timeout | undefined

  wait(goOn: () => void): void {
    this.line.push(goOn)
    this.timer ??= setInterval(() => this.next(), PACE_MS).unref()
  }

  private next(): void {
    this.line.shift()?.()
    if (this.line.length > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }
}
