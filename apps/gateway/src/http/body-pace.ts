/** Bytes of a body that are read at full speed; most bodies are shorter. */
export const READ_AT_ONCE = 128 * 1024
/** Milliseconds between two chunks beyond that, of at most 64 KiB each: 32 MB a second in total. */
const PACE_MS = 2

/**
 * Lets large bodies continue one after the other. Without it Node reads as fast as clients send: megabytes at a time block
 * the event loop, and V8 collects the whole heap several times a second to free the buffers they were read into.
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
