/** How long a mail server is waited for: until the final dot for each of its replies and in all, then for its answer. */
export class Patience {
  private readonly abort = new AbortController()
  private readonly silentMs: number
  private whole: NodeJS.Timeout
  private silence: NodeJS.Timeout | undefined

  /** Milliseconds without a sign, and in all, until the final dot. */
  constructor({ silentMs, wholeMs }: { silentMs: number; wholeMs: number }) {
    this.silentMs = silentMs
    this.whole = this.endIn(wholeMs)
    this.silence = this.endIn(silentMs)
  }

  /** Aborted when it is over. */
  get signal(): AbortSignal {
    return this.abort.signal
  }

  /** The server gave a sign, or waits for us. */
  readonly heard = (): void => {
    if (this.silence === undefined) return
    clearTimeout(this.silence)
    this.silence = this.endIn(this.silentMs)
  }

  /** From here on only the server's answer tells what became of the mail. */
  dotSent(answerMs: number): void {
    this.stop()
    this.whole = this.endIn(answerMs)
  }

  stop(): void {
    clearTimeout(this.silence)
    this.silence = undefined
    clearTimeout(this.whole)
  }

  private endIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.abort.abort(), ms)
  }
}
