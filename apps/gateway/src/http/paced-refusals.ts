import type { FastifyInstance } from 'fastify'

/** Milliseconds between two answers of 429 to one workspace: 50 a second. */
const PACE_MS = 20
/** Answers of 429 of one workspace that wait: none longer than 5 s. */
const MOST_WAITING = 250

/**
 * Answers 429 to a workspace no more often than 50 times a second. A client that sends the next request as soon as one was
 * refused would otherwise keep the gateway as busy with refusals as it may not with anything else.
 */
export function paceRefusals(server: FastifyInstance): void {
  const refusals = new PacedRefusals(PACE_MS, MOST_WAITING)
  server.addHook('onSend', ({ principal }, { statusCode }, _payload, done) => {
    if (statusCode !== 429 || principal === null) return done()
    refusals.send(principal.workspaceId, done)
  })
}

/** Lines of what waits to be sent, a line for each party. */
export class PacedRefusals {
  /** Of the parties that were refused something lately. */
  private readonly lines = new Map<string, (() => void)[]>()
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly paceMs: number,
    private readonly mostWaiting: number,
  ) {}

  /** Calls `send`: at once if nothing was sent to the party lately, and if too much waits already. */
  send(party: string, send: () => void): void {
    const line = this.lines.get(party)
    if (line !== undefined && line.length < this.mostWaiting) return void line.push(send)
    if (line === undefined) this.lines.set(party, [])
    this.timer ??= setInterval(() => this.sendNext(), this.paceMs).unref()
    send()
  }

  private sendNext(): void {
    for (const [party, line] of this.lines) {
      const next = line.shift()
      if (next === undefined) this.lines.delete(party)
      else next()
    }
    if (this.lines.size > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }
}
