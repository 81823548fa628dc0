import pg from 'pg'

const CONNECT_MS = 10_000

/** Whoever says nothing for this long has lost its locks. */
const SILENCE_MS = 15_000

interface Held {
  client: pg.Client
  /** Aborted when the connection is lost, and its locks with it. */
  lost: AbortSignal
}

/**
 * Advisory locks for work that may take hours, on one connection of their own: it takes none from a pool. They end
 * with their connection, so a process that was killed holds up nobody. Nor does one that is frozen, as a machine that
 * is paused: while it lives it asks something every few seconds, and PostgreSQL ends the session of who does not.
 */
export class AdvisoryLocks {
  private held: Promise<Held> | undefined
  private lastAnswer: Promise<unknown> = Promise.resolve()

  /**
   * @param url of a role that may connect; locks are known by their keys, whoever holds them
   * @param silenceMs milliseconds of silence after which PostgreSQL takes the locks back
   */
  constructor(
    private readonly url: string,
    private readonly silenceMs = SILENCE_MS,
  ) {}

  /**
   * Does the work unless someone else is at work under the same key.
   *
   * @param work is told by its signal that the lock is lost
   * @returns whether it was done
   * @throws what the work threw; Error where the database does not answer
   */
  async alone(
    [space, key]: readonly [number, number],
    work: (lost: AbortSignal) => Promise<void>,
  ): Promise<boolean> {
    const { client, lost } = await this.connected()
    const lock = 'SELECT pg_try_advisory_lock($1, $2) AS ours'
    const { rows } = await this.ask<{ ours: boolean }>(client, lock, [space, key])
    if (rows[0]?.ours !== true) return false
    try {
      await work(lost)
      return true
    } finally {
      if (!lost.aborted) await this.ask(client, 'SELECT pg_advisory_unlock($1, $2)', [space, key])
    }
  }

  async close(): Promise<void> {
    const held = await this.held?.catch(() => undefined)
    await held?.client.end()
  }

  /** One statement after the other: a connection takes no second one while it is at a first. */
  private async ask<R extends pg.QueryResultRow>(client: pg.Client, text: string, values: unknown[] = []) {
    const answer = this.lastAnswer.then(() => client.query<R>(text, values))
    this.lastAnswer = answer.catch(() => undefined)
    try {
      return await answer
    } catch (error) {
      // Whether the lock is held is not known any more, unless the connection is over.
      await client.end().catch(() => undefined)
      throw error
    }
  }

  private connected(): Promise<Held> {
    this.held ??= this.connect()
    return this.held
  }

  private async connect(): Promise<Held> {
    const lost = new AbortController()
    const client = new pg.Client({
      connectionString: this.url,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
      // What is not answered is a lost connection. A third and a half are less than the whole: whoever is cut off knows
      // that the lock is lost before another one can have it.
      query_timeout: this.silenceMs / 2,
    })
    const end = () => {
      this.held = undefined
      lost.abort(new Error('the connection that held the lock was lost'))
    }
    client.on('error', end)
    client.on('end', end)
    try {
      await client.connect()
      await this.ask(client, `SELECT set_config('idle_session_timeout', $1, false)`, [String(this.silenceMs)])
    } catch (error) {
      end()
      throw error
    }
    // That there was no answer is told by `lost`.
    const beat = setInterval(() => void this.ask(client, 'SELECT').catch(() => undefined), this.silenceMs / 3)
    client.once('end', () => clearInterval(beat))
    return { client, lost: lost.signal }
  }
}
