import { AsyncLocalStorage } from 'node:async_hooks'
import { Logger } from '@nestjs/common'
import pg from 'pg'
import { AppError } from '../errors/app-error.js'
import { workspaceBusy } from '../errors/workspace-busy.js'
import { ConnectionShares, sharesOf, type Turn } from './connection-shares.js'
import { FairQueue } from './fair-queue.js'

type Callback = Parameters<pg.Pool['connect']>[0]

interface Waiting {
  turn: Turn
  callback: Callback
}

/** How often it is looked whether the pool moves. Late when the process is busy, and then nobody is to blame but it. */
const TICK_MS = 250
/** So many looks without a connection that came back, and nobody waits any longer: a second. */
const PATIENCE = 4
/** More than so many waiting for each connection would be answered too late to be of use. */
const WAITING_PER_CONNECTION = 100
/** Calls of one workspace, reads and writes apart, that may wait for each connection. */
export const WORKSPACE_WAITING_PER_CONNECTION = 50

const controlTables: Turn = { kind: 'read' }

/**
 * A pool where one waits for a connection only while it moves. When none came back for a second, or the line is too
 * long, those who wait and those who come are refused, until one comes back. A pool that is busy and moves refuses
 * nobody, however long its connections are in use in all.
 *
 * Workspaces wait in lines of their own, reads and writes apart, and the lines are served in turn. A line moves when a
 * connection comes back that it may have: what hangs in one workspace refuses that workspace and no other.
 */
export class GatedPool extends pg.Pool {
  private readonly logger = new Logger(GatedPool.name)
  private readonly line = new FairQueue<Waiting>()
  private readonly shares: ConnectionShares
  private readonly turns = new AsyncLocalStorage<Turn>()
  private readonly holders = new WeakMap<pg.PoolClient, Turn>()
  private watch: NodeJS.Timeout | undefined
  /** By line: looks since a connection came back that it may have. */
  private readonly still = new Map<string, { turn: Turn; looks: number }>()

  constructor(options: pg.PoolConfig) {
    super(options)
    this.shares = new ConnectionShares(sharesOf(this.options.max))
    this.on('release', (_error, client) => this.giveBack(client))
  }

  /** Calls in the line before the pool's own queue, which `waitingCount` doesn't count. */
  get lineLength(): number {
    return this.line.length
  }

  /** Calls `connect` for a caller that can't say whose turn it is. */
  inTurn<T>(turn: Turn, connect: () => T): T {
    return this.turns.run(turn, connect)
  }

  /** @throws AppError 503 at once, or when the line has stood still for a second; 429 when the workspace's line is too long */
  connectFor(turn: Turn): Promise<pg.PoolClient> {
    return new Promise((resolve, reject) => {
      this.enter(turn, (error, client) =>
        client === undefined ? reject(error ?? new Error('no connection')) : resolve(client),
      )
    })
  }

  /** The same in the turn that `inTurn` names, or for control tables. */
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Callback): void
  override connect(callback?: Callback): Promise<pg.PoolClient> | void {
    const turn = this.turns.getStore() ?? controlTables
    return callback === undefined ? this.connectFor(turn) : this.enter(turn, callback)
  }

  private enter(turn: Turn, callback: Callback): void {
    const line = lineOf(turn)
    if (this.line.lengthOf(line) === 0 && this.hasRoom() && this.shares.mayTake(turn))
      return this.take(turn, callback)
    const refusal = this.refusalOf(turn, line)
    if (refusal !== null) return refuse(callback, refusal)
    this.line.push(line, { turn, callback })
    if (!this.still.has(line)) this.still.set(line, { turn, looks: 0 })
    this.watch ??= setInterval(() => this.look(), TICK_MS)
  }

  private refusalOf({ workspaceId }: Turn, line: string): AppError | null {
    const waiting = this.line.lengthOf(line)
    const { max } = this.options
    if (workspaceId !== undefined && waiting >= WORKSPACE_WAITING_PER_CONNECTION * max)
      return workspaceBusy(waiting, 'requests')
    // Of a line that is too long in all, those are refused who have more than their part of it.
    const isLong = this.line.length >= WAITING_PER_CONNECTION * max
    if (isLong && waiting >= this.line.length / this.line.parties) return unavailable()
    return (this.still.get(line)?.looks ?? 0) >= PATIENCE ? unavailable() : null
  }

  private hasRoom(): boolean {
    const { idleCount, totalCount, options } = this
    return idleCount + options.max - totalCount > this.waitingCount
  }

  private take(turn: Turn, callback: Callback): void {
    this.shares.take(turn)
    super.connect((error, client, release) => {
      if (client === undefined) this.shares.giveBack(turn)
      else this.holders.set(client, turn)
      callback(error, client, release)
      // The place of one that could not be made is free again, and the pool tells nobody.
      if (client === undefined) this.admitSoon()
    })
  }

  private giveBack(client: pg.PoolClient): void {
    const turn = this.holders.get(client)
    if (turn === undefined) return
    this.holders.delete(client)
    this.shares.giveBack(turn)
    for (const [line, still] of this.still) {
      if (!this.shares.mayTake(still.turn)) continue
      still.looks = 0
      if (this.line.lengthOf(line) === 0) this.still.delete(line)
    }
    this.admitSoon()
  }

  /** Not at once: what is given back is in the pool only after all who listen were told. */
  private admitSoon(): void {
    if (this.line.length > 0) process.nextTick(() => this.admit())
  }

  private admit(): void {
    while (this.hasRoom()) {
      const next = this.line.shift((line) => this.mayBeServed(line))
      if (next === undefined) break
      this.take(next.turn, next.callback)
    }
    if (this.line.length === 0) this.rest()
  }

  private mayBeServed(line: string): boolean {
    const still = this.still.get(line)
    return still !== undefined && this.shares.mayTake(still.turn)
  }

  private look(): void {
    if (this.line.length === 0) return this.rest()
    for (const [line, still] of this.still) {
      if (this.line.lengthOf(line) === 0) continue
      still.looks += 1
      if (still.looks >= PATIENCE) this.refuseAll(line, still.turn)
    }
  }

  private refuseAll(line: string, { workspaceId }: Turn): void {
    this.logger.warn(
      { workspaceId, waiting: this.line.lengthOf(line), connections: this.totalCount },
      'no connection to the database came back for a second: requests are refused until one does',
    )
    for (const { callback } of this.line.drain(line)) refuse(callback, unavailable())
  }

  private rest(): void {
    clearInterval(this.watch)
    this.watch = undefined
  }
}

const lineOf = ({ workspaceId = '', kind }: Turn): string => `${kind} ${workspaceId}`

const unavailable = () => new AppError('UNAVAILABLE', { message: 'Try again' }, { 'Retry-After': '1' })

const refuse = (callback: Callback, error: AppError): void => callback(error, undefined, () => undefined)
