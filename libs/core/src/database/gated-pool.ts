import { Logger } from '@nestjs/common'
import pg from 'pg'
import { AppError } from '../errors/app-error.js'

type Callback = Parameters<pg.Pool['connect']>[0]

/** How often it is looked whether the pool moves. Late when the process is busy, and then nobody is to blame but it. */
const TICK_MS = 250
/** So many looks without a connection that came back, and nobody waits any longer: a second. */
const PATIENCE = 4
/** More than so many waiting for each connection would be answered too late to be of use. */
const WAITING_PER_CONNECTION = 100

/**
 * A pool where one waits for a connection only while it moves. When none came back for a second, or the line is too
 * long, those who wait and those who come are refused, until one comes back. A pool that is busy and moves refuses
 * nobody, however long its connections are in use in all.
 */
export class GatedPool extends pg.Pool {
  private readonly logger = new Logger(GatedPool.name)
  private readonly line: Callback[] = []
  private watch: NodeJS.Timeout | undefined
  /** Looks since a connection came back. */
  private still = 0

  constructor(options: pg.PoolConfig) {
    super(options)
    this.on('release', () => {
      this.still = 0
      this.admitSoon()
    })
  }

  /** Calls in the line before the pool's own queue, which `waitingCount` doesn't count. */
  get lineLength(): number {
    return this.line.length
  }

  /** @throws AppError 503 at once, or when the pool has stood still for a second */
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Callback): void
  override connect(callback?: Callback): Promise<pg.PoolClient> | void {
    if (callback !== undefined) return this.enter(callback)
    return new Promise((resolve, reject) => {
      this.enter((error, client) =>
        client === undefined ? reject(error ?? new Error('no connection')) : resolve(client),
      )
    })
  }

  private enter(callback: Callback): void {
    if (this.line.length === 0 && this.hasRoom()) return this.take(callback)
    const isLong = this.line.length >= WAITING_PER_CONNECTION * this.options.max
    if (isLong || this.still >= PATIENCE) return refuse(callback)
    this.line.push(callback)
    if (this.watch !== undefined) return
    this.still = 0
    this.watch = setInterval(() => this.look(), TICK_MS)
  }

  private hasRoom(): boolean {
    const { idleCount, totalCount, options } = this
    return idleCount + options.max - totalCount > this.waitingCount
  }

  private take(callback: Callback): void {
    super.connect((error, client, release) => {
      callback(error, client, release)
      // The place of one that could not be made is free again, and the pool tells nobody.
      if (client === undefined) this.admitSoon()
    })
  }

  /** Not at once: what is given back is in the pool only after all who listen were told. */
  private admitSoon(): void {
    if (this.line.length > 0) process.nextTick(() => this.admit())
  }

  private admit(): void {
    while (this.hasRoom()) {
      const next = this.line.shift()
      if (next === undefined) return this.rest()
      this.take(next)
    }
  }

  private look(): void {
    if (this.line.length === 0) return this.rest()
    this.still += 1
    if (this.still < PATIENCE) return
    this.rest()
    this.logger.warn(
      { waiting: this.line.length, connections: this.totalCount },
      'no connection to the database came back for a second: requests are refused until one does',
    )
    for (const callback of this.line.splice(0)) refuse(callback)
  }

  private rest(): void {
    clearInterval(this.watch)
    this.watch = undefined
  }
}

function refuse(callback: Callback): void {
  const error = new AppError('UNAVAILABLE', { message: 'Try again' }, { 'Retry-After': '1' })
  callback(error, undefined, () => undefined)
}
