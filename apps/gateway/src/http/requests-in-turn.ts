import type { FastifyInstance } from 'fastify'
import type { ServerResponse } from 'node:http'
import { type Config, workspaceBusy } from '#core'

/** Requests of one workspace that a gateway works on at a time, or one for each connection. More are no faster on one event loop. */
const AT_A_TIME = 16
/** Requests of one workspace that wait. */
const MOST_WAITING = 500

type Begin = (refusal?: Error) => void

/**
 * Lets the requests of a workspace wait for each other and never for those of another: of a workspace that sends many at
 * once, as many are worked on as keep the gateway busy, and the rest begin in their order as those end. Batches have lanes of their own. Comes after the rate
 * limiter, before bodies are read.
 */
export function takeRequestsInTurn(
  server: FastifyInstance,
  { DATABASE_POOL }: Pick<Config, 'DATABASE_POOL'>,
): void {
  const turns = new RequestTurns(Math.max(AT_A_TIME, DATABASE_POOL), MOST_WAITING)
  server.addHook('onRequest', ({ principal, routeOptions }, { raw }, done) => {
    if (principal === null || routeOptions.config.batch !== undefined) return done()
    turns.begin(principal.workspaceId, raw, done)
  })
}

/** Of one workspace. */
interface Lane {
  running: number
  waiting: { response: ServerResponse; begin: Begin }[]
}

/** Counts the requests of each workspace that are worked on, each until its answer has ended or its client has left. */
export class RequestTurns {
  private readonly lanes = new Map<string, Lane>()

  constructor(
    private readonly atATime: number,
    private readonly mostWaiting: number,
  ) {}

  /** Calls `begin` when it is the request's turn, or with a 429 where too many of its workspace wait. */
  begin(workspaceId: string, response: ServerResponse, begin: Begin): void {
    const lane = this.lanes.get(workspaceId) ?? { running: 0, waiting: [] }
    if (lane.running < this.atATime) return this.run(workspaceId, lane, response, begin)
    if (lane.waiting.length >= this.mostWaiting)
      return begin(workspaceBusy(lane.running + lane.waiting.length, 'requests'))
    lane.waiting.push({ response, begin })
  }

  private run(workspaceId: string, lane: Lane, response: ServerResponse, begin: Begin): void {
    lane.running += 1
    this.lanes.set(workspaceId, lane)
    response.once('close', () => {
      lane.running -= 1
      // Not at once: what others have sent meanwhile is read first.
      setImmediate(() => this.next(workspaceId, lane))
    })
    begin()
  }

  private next(workspaceId: string, lane: Lane): void {
    while (lane.running < this.atATime) {
      const next = lane.waiting.shift()
      if (next === undefined) break
      // A client that has left is not waited for.
      if (!next.response.closed) this.run(workspaceId, lane, next.response, next.begin)
    }
    const isOver = lane.running === 0 && lane.waiting.length === 0
    if (isOver && this.lanes.get(workspaceId) === lane) this.lanes.delete(workspaceId)
  }
}
