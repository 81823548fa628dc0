import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm'
import type { Config } from '../config/schema.js'
import { assertMigrated } from './assert-migrated.js'
import { assertRuntimeRole } from './assert-role.js'
import type { Turn } from './connection-shares.js'
import { cutOff } from './cut-off.js'
import { GatedPool, WORKSPACE_WAITING_PER_CONNECTION } from './gated-pool.js'
import { type IsoTime, isoTimes } from './iso-times.js'
import { connecting, whileThere } from './no-connection.js'
import { ReadBatches } from './read-batches.js'
import { inOneTrip, type NamedQuery } from './tenant-read.js'

export type Entities = EntityTarget<ObjectLiteral>[]

/** A transaction that sees one moment of a workspace. */
export interface BegunSnapshot {
  client: pg.PoolClient
  /** When the transaction began, before it saw anything. */
  at: IsoTime
}

/**
 * How connections are asked for. `brief`: for requests, whose callers do not wait for long; who waits where the pool
 * stands still is refused, and what a caller who is gone has left running ends by itself.
 */
export interface ConnectionTerms {
  waits?: 'brief'
}

/** For requests: longer than their callers wait, by far. Locks of a gateway that froze in a transaction end by the second one. */
const briefly = { statement_timeout: 30_000, idle_in_transaction_session_timeout: 10_000 }

/** Of each pool, that stay open though nobody uses them: who comes after a silence need not wait for new ones. */
const CONNECTIONS_KEPT = 1

/** One transaction that several calls write in. */
interface SharedTransaction {
  workspaceId: string
  entities: EntityManager
  client: pg.PoolClient
  afterCommit: (() => Promise<void>)[]
  ended: boolean
  /** How many savepoints were set: each has a name of its own, so that one may stand inside another. */
  savepoints: number
}

/**
 * The two runtime connections to PostgreSQL: `app` for tenant data, always inside a transaction that
 * names its workspace, and `system` for control tables. TypeORM and plain pg share a pool per role. Times that
 * plain SQL reads as `app` are IsoTime.
 */
export class Database {
  private readonly shared = new AsyncLocalStorage<SharedTransaction>()
  private readonly lastWords: (() => Promise<void>)[] = []
  private readonly batches: ReadBatches

  private constructor(
    private readonly appSource: DataSource,
    private readonly systemSource: DataSource,
  ) {
    const pool = poolOf(appSource)
    const mostWaiting =
      pool instanceof GatedPool ? WORKSPACE_WAITING_PER_CONNECTION * pool.options.max : Infinity
    this.batches = new ReadBatches((turn) => this.connect(turn), mostWaiting)
  }

  /**
   * Connects both roles, and refuses those that row-level security would not bind and a database that was not migrated.
   * @throws NoConnectionError, UnsafeRoleError, NotMigratedError
   */
  static async connect(
    config: Config,
    entities: Entities,
    { waits }: ConnectionTerms = {},
  ): Promise<Database> {
    const isBrief = waits === 'brief'
    const open = (variable: 'DATABASE_URL' | 'SYSTEM_DATABASE_URL', types?: typeof isoTimes) => {
      const source = new DataSource({
        type: 'postgres',
        url: config[variable],
        entities: entities as (new () => object)[],
        driver: isBrief ? { ...pg, Pool: GatedPool } : pg,
        extra: {
          max: config.DATABASE_POOL,
          min: CONNECTIONS_KEPT,
          connectionTimeoutMillis: 10_000,
          // A host that died says nothing: without these its connections look alive for hours.
          keepAlive: true,
          keepAliveInitialDelayMillis: 10_000,
          types,
          ...(isBrief ? briefly : {}),
        },
      })
      return connecting(variable, config[variable], () => source.initialize())
    }
    const app = await open('DATABASE_URL', isoTimes)
    const system = await open('SYSTEM_DATABASE_URL').catch(async (error: unknown) => {
      await app.destroy()
      throw error
    })
    for (const source of [app, system]) outliveLostConnections(poolOf(source))
    const database = new Database(app, system)
    try {
      await whileThere('DATABASE_URL', config.DATABASE_URL, () =>
        assertRuntimeRole(poolOf(app), 'DATABASE_URL', 'app'),
      )
      await whileThere('SYSTEM_DATABASE_URL', config.SYSTEM_DATABASE_URL, async () => {
        await assertRuntimeRole(poolOf(system), 'SYSTEM_DATABASE_URL', 'system')
        await assertMigrated(poolOf(system))
      })
    } catch (error) {
      await database.close()
      throw error
    }
    return database
  }

  /** Both roles' connections, to look at. */
  get pools(): Readonly<Record<'app' | 'system', pg.Pool>> {
    return { app: poolOf(this.appSource), system: this.system }
  }

  /** Control tables, as the role `system`. */
  get system(): pg.Pool {
    return poolOf(this.systemSource)
  }

  /** Entities of control tables, as the role `system`. */
  get systemEntities(): EntityManager {
    return this.systemSource.manager
  }

  /** Entities in one transaction of one workspace. */
  tenantEntities<T>(workspaceId: string, work: (entities: EntityManager) => Promise<T>): Promise<T> {
    const shared = this.sharedWith(workspaceId)
    if (shared !== undefined) return work(shared.entities)
    return this.transaction({ workspaceId, kind: 'write' }, async (entities) => {
      await entities.query(`SELECT set_config('app.workspace', $1, true)`, [workspaceId])
      return work(entities)
    })
  }

  /** Plain SQL in one transaction of one workspace. A failed COMMIT or a lost connection throws. */
  async tenant<T>(workspaceId: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const shared = this.sharedWith(workspaceId)
    if (shared !== undefined) return work(shared.client)
    const client = await this.beginTenant(workspaceId)
    let broken: Error | undefined
    try {
      const result = await work(client)
      await client.query('COMMIT')
      return result
    } catch (error) {
      broken = await rollback(client)
      throw error
    } finally {
      client.release(broken)
    }
  }

  /**
   * Makes one transaction of everything that `work` does in the workspace through this class, however deep it
   * is called: the writes of several services are kept together, or not at all.
   */
  async together<T>(workspaceId: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const afterCommit: SharedTransaction['afterCommit'] = []
    const result = await this.tenantEntities(workspaceId, async (entities) => {
      const client = (await entities.queryRunner?.connect()) as pg.PoolClient
      const shared = { workspaceId, entities, client, afterCommit, ended: false, savepoints: 0 }
      try {
        return await this.shared.run(shared, () => work(client))
      } finally {
        shared.ended = true
      }
    })
    for (const run of afterCommit) await run()
    return result
  }

  /**
   * Inside `together`: what `work` wrote is undone when it throws, and nothing of before. Elsewhere each transaction of
   * `work` is undone by itself.
   */
  async undoable<T>(work: () => Promise<T>): Promise<T> {
    const shared = this.shared.getStore()
    if (shared === undefined || shared.ended) return work()
    const { client, afterCommit } = shared
    const registered = afterCommit.length
    const savepoint = `undoable_${++shared.savepoints}`
    await client.query(`SAVEPOINT ${savepoint}`)
    try {
      return await work()
    } catch (error) {
      await client.query(`ROLLBACK TO SAVEPOINT ${savepoint}`)
      afterCommit.length = registered
      throw error
    }
  }

  /** Does at once, or after the COMMIT of the shared transaction, what others must not see before. */
  async afterCommit(run: () => Promise<void>): Promise<void> {
    const shared = this.shared.getStore()
    if (shared === undefined || shared.ended) return run()
    shared.afterCommit.push(run)
  }

  /** A connection of its own inside a transaction of one workspace. Whoever asks for it ends the transaction and releases it. */
  async beginTenant(workspaceId: string): Promise<pg.PoolClient> {
    const { client } = await this.begin({ workspaceId, kind: 'write' }, 'READ COMMITTED READ WRITE')
    return client
  }

  /**
   * The same for reading what is of one moment, as long as it takes.
   * @param settings of PostgreSQL, for this transaction
   * @param signal gives up a PostgreSQL that does not answer
   */
  beginSnapshot(
    workspaceId: string,
    settings: Record<string, number>,
    signal: AbortSignal,
  ): Promise<BegunSnapshot> {
    return this.begin({ workspaceId, kind: 'read' }, 'REPEATABLE READ READ ONLY', settings, signal)
  }

  /** One prepared read of one workspace, in one round trip; which others that are planned once share with it. */
  async read<R extends pg.QueryResultRow>(workspaceId: string, query: NamedQuery): Promise<R[]> {
    assertWorkspaceId(workspaceId)
    if (query.planned === 'once' && this.sharedWith(workspaceId) === undefined)
      return this.batches.read<R>(workspaceId, query)
    return this.inOneTrip<R>(workspaceId, query, 'read')
  }

  /** One prepared statement that writes in one workspace, in one round trip: a transaction of its own, or part of `together`. */
  async write<R extends pg.QueryResultRow>(workspaceId: string, statement: NamedQuery): Promise<R[]> {
    assertWorkspaceId(workspaceId)
    return this.inOneTrip<R>(workspaceId, statement, 'write')
  }

  /** Throws when the database does not answer. */
  async check(): Promise<void> {
    await this.system.query('SELECT')
  }

  /** Does what must not be left undone when the connections close, whoever closes them. @param run never throws */
  beforeClose(run: () => Promise<void>): void {
    this.lastWords.push(run)
  }

  async close(): Promise<void> {
    await Promise.all(this.lastWords.map((run) => run()))
    await Promise.all([this.appSource.destroy(), this.systemSource.destroy()])
  }

  private async inOneTrip<R extends pg.QueryResultRow>(
    workspaceId: string,
    statement: NamedQuery,
    kind: Turn['kind'],
  ): Promise<R[]> {
    const shared = this.sharedWith(workspaceId)
    // How this one is planned is no matter of the statements that follow in a shared transaction.
    if (shared !== undefined)
      return inOneTrip<R>(shared.client, workspaceId, { ...statement, planned: undefined })
    const client = await this.connect({ workspaceId, kind })
    try {
      return await inOneTrip<R>(client, workspaceId, statement)
    } finally {
      client.release()
    }
  }

  /** In one round trip. */
  private async begin(
    turn: Required<Turn>,
    mode: 'READ COMMITTED READ WRITE' | 'REPEATABLE READ READ ONLY',
    settings: Record<string, number> = {},
    signal?: AbortSignal,
  ): Promise<BegunSnapshot> {
    const { workspaceId } = turn
    assertWorkspaceId(workspaceId)
    const message = [
      `BEGIN ISOLATION LEVEL ${mode}`,
      `SET LOCAL app.workspace = '${workspaceId}'`,
      ...Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${value}`),
      'SELECT now()',
    ]
    const client = await this.connect(turn)
    const giveUp = () => cutOff(client)
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      signal?.throwIfAborted()
      // A result per statement, which pg's types don't know.
      const results: unknown = await client.query(message.join('; '))
      const begun = (results as pg.QueryResult<{ now: IsoTime }>[]).at(-1)?.rows[0]
      if (begun === undefined) throw new Error('PostgreSQL told no time')
      return { client, at: begun.now }
    } catch (error) {
      client.release(error as Error)
      throw error
    } finally {
      signal?.removeEventListener('abort', giveUp)
    }
  }

  /** Of the role `app`. */
  private connect(turn: Turn): Promise<pg.PoolClient> {
    const pool = poolOf(this.appSource)
    return pool instanceof GatedPool ? pool.connectFor(turn) : pool.connect()
  }

  /** TypeORM connects by itself, so the pool is told beforehand whose turn it is. */
  private async transaction<T>(turn: Turn, work: (entities: EntityManager) => Promise<T>): Promise<T> {
    const pool = poolOf(this.appSource)
    const runner = this.appSource.createQueryRunner()
    try {
      await (pool instanceof GatedPool ? pool.inTurn(turn, () => runner.connect()) : runner.connect())
      return await runner.manager.transaction(work)
    } finally {
      await runner.release()
    }
  }

  private sharedWith(workspaceId: string): SharedTransaction | undefined {
    const shared = this.shared.getStore()
    if (shared === undefined || shared.ended) return undefined
    if (shared.workspaceId === workspaceId) return shared
    throw new Error('a transaction is of one workspace')
  }
}

const poolOf = (source: DataSource): pg.Pool => (source.driver as unknown as { master: pg.Pool }).master

/**
 * A connection that is lost ends the query that it is lost in, and no more: a client that is in use has nobody else who
 * listens to its errors, and Node ends the process for those that nobody listens to.
 */
function outliveLostConnections(pool: pg.Pool): void {
  const known = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => {
    if (known.has(client)) return
    known.add(client)
    client.on('error', () => undefined)
  })
}

/** It stands in SQL as a literal, because it shares one message with other statements. */
function assertWorkspaceId(workspaceId: string): void {
  if (!/^ws_[0-9a-f]{16}$/.test(workspaceId)) throw new Error('not a workspace id')
}

/** A connection that can't even roll back is not given to the next user of the pool. */
async function rollback(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK')
    return undefined
  } catch (error) {
    return error as Error
  }
}
