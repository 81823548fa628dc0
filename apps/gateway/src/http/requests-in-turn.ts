import type { FastifyInstance } from 'fastify'
import type { ServerResponse } from 'node:http'
import { type Config, workspaceBusy } from '#core'
import type { ActiveWorkspaces } from './active-workspaces.js'

/** Requests of one workspace that a gateway works on at a time. */
export interface RequestBounds {
  /** While no other workspace is active. */
  alone: number
  /**
   * While another one is. Each waits for what the event loop and PostgreSQL do for the others, several times, so few at a
   * time are what makes a neighbour's answers quick; two keep both busy.
   */
  besideOthers: number
  /** Milliseconds for which a request counts beside others: one that takes longer waits for something else, a lock or a store. */
  briefMs: number
  /** That wait. */
  waiting: number
}

/** Alone, more than sixteen are no faster on one event loop, but those that wait for a connection must not hold up the rest. */
const boundsOf = ({ DATABASE_POOL }: Pick<Config, 'DATABASE_POOL'>): RequestBounds => ({
  alone: Math.max(16, DATABASE_POOL),
  besideOthers: 2,
  briefMs: 250,
  waiting: 500,
})

type Begin = (refusal?: Error) => void

/**
 * Lets the requests of a workspace wait for each other and never for those of another: of a workspace that sends many at once,
 * as many are worked on as keep the gateway busy, and the rest begin in their order as those end. Batches have lanes of their
 * own. Comes after the rate limiter, before bodies are read.
 */
export function takeRequestsInTurn(
  server: FastifyInstance,
  config: Pick<Config, 'DATABASE_POOL'>,
  active: ActiveWorkspaces,
): void {
  const turns = new RequestTurns(boundsOf(config), active)
  server.addHook('onRequest', ({ principal, routeOptions }, { raw }, done) => {
    if (principal === null) return done()
    active.came(principal.workspaceId)
    if (routeOptions.config.batch !== undefined) return done()
    turns.begin(principal.workspaceId, raw, done)
  })
}

/** Of one workspace. */
interface Lane {
  /** When each began, the first one first. */
  running: Map<ServerResponse, number>
  waiting: { response: ServerResponse; begin: Begin }[]
  /** Looks again when those that run have been running for long. */
  timer: NodeJS.Timeout | undefined
}

/** Counts the requests of each workspace that are worked on, each until its answer has ended or its client has left. */
export class RequestTurns {
  private readonly lanes = new Map<string, Lane>()

  constructor(
    private readonly bounds: RequestBounds,
    private readonly active: Pick<ActiveWorkspaces, 'hasOthers'>,
  ) {}

  /** Calls `begin` when it is the request's turn, or with a 429 where too many of its workspace wait. */
  begin(workspaceId: string, response: ServerResponse, begin: Begin): void {
    const lane: Lane = this.lanes.get(workspaceId) ?? { running: new Map(), waiting: [], timer: undefined }
    if (lane.waiting.length === 0 && this.hasRoom(workspaceId, lane))
      return this.run(workspaceId, lane, response, begin)
    if (lane.waiting.length >= this.bounds.waiting)
      return begin(workspaceBusy(lane.running.size + lane.waiting.length, 'requests'))
    lane.waiting.push({ response, begin })
    this.lookAgain(workspaceId, lane)
  }

  private hasRoom(workspaceId: string, { running }: Lane): boolean {
    const { alone, besideOthers, briefMs } = this.bounds
    if (running.size >= alone) return false
    if (running.size < besideOthers || !this.active.hasOthers(workspaceId)) return true
    const since = Date.now() - briefMs
    return [...running.values()].filter((begun) => begun > since).length < besideOthers
  }

  private run(workspaceId: string, lane: Lane, response: ServerResponse, begin: Begin): void {
    lane.running.set(response, Date.now())
    this.lanes.set(workspaceId, lane)
    response.once('close', () => {
      lane.running.delete(response)
      // Not at once: what others have sent meanwhile is read first.
      setImmediate(() => this.next(workspaceId, lane))
    })
    begin()
  }

  private next(workspaceId: string, lane: Lane): void {
    while (lane.waiting.length > 0 && this.hasRoom(workspaceId, lane)) {
      const next = lane.waiting.shift()
      // A client that has left is not waited for.
      if (next?.response.closed === false) this.run(workspaceId, lane, next.response, next.begin)
    }
    if (lane.waiting.length > 0) return this.lookAgain(workspaceId, lane)
    clearTimeout(lane.timer)
    lane.timer = undefined
    if (lane.running.size === 0 && this.lanes.get(workspaceId) === lane) this.lanes.delete(workspaceId)
  }

  private lookAgain(workspaceId: string, lane: Lane): void {
    lane.timer ??= setTimeout(() => {
      lane.timer = undefined
      this.next(workspaceId, lane)
    }, this.bounds.briefMs)
  }
}
