import { Inject, Injectable } from '@nestjs/common'
import { Database, notFound, type Page, pageOf, type Slice, Waker } from '#core'
import {
  type DeadLetter,
  type DeadLetterFilter,
  type DeadLetterKind,
  deadLetterKinds,
} from './dead-letter.js'
import * as sql from './dead-letters.sql.js'

const BATCH = 500
/** What ends announces the next, and the sweeper the rest: whoever replays does not wait for a queue that is down. */
const ANNOUNCED = 5

/** The ids of what was replayed, by kind. */
export type Replayed = Record<DeadLetterKind, string[]>

/** One that was replayed, and what its queue is told. */
interface Replay {
  id: string
  announced: string
}

interface Choice extends Omit<DeadLetterFilter, 'kind'> {
  until: string
  id?: string
}

/** What has ended badly and won't go on by itself, over all workspaces: for operators. */
@Injectable()
export class DeadLettersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Waker) private readonly waker: Pick<Waker, 'wake'>,
  ) {}

  /** Newest first. */
  async list(
    { kind, ...filter }: DeadLetterFilter,
    { limit, offset, after }: Slice,
  ): Promise<Page<DeadLetter>> {
    const [at = null, afterKind = null, afterId = null] = after ?? []
    const text = sql.listDeadLetters(kind === undefined ? deadLetterKinds : [kind])
    const values = [...matching(filter), limit + 1, at, afterKind, afterId, offset]
    const { rows } = await this.database.system.query<DeadLetter & { atText: string }>(text, values)
    const page = pageOf(rows, limit, (row) => [row.atText, row.kind, row.id])
    return { ...page, rows: page.rows.map(({ atText: _, ...letter }) => letter) }
  }

  /**
   * Has everything done again that matches. Safe to be run twice, and by two at once: what was replayed is no dead letter
   * any more, and an ending is mailed about once. A workspace's limit of waiting exports does not bind an operator.
   */
  async replayAll({ kind, ...filter }: DeadLetterFilter & { since: string }): Promise<Replayed> {
    const replayed: Replayed = { export: [], mail: [], missing_file: [], archive_day: [] }
    const until = await this.now()
    // Exports come first: the mail about a failure that is undone is not worth sending.
    for (const each of kind === undefined ? deadLetterKinds : [kind]) {
      const all: Replay[] = []
      for (;;) {
        const batch = await this.replayBatch(each, { ...filter, until })
        if (batch.length === 0) break
        all.push(...batch)
      }
      replayed[each] = all.map((one) => one.id)
      await this.announce(each, all)
    }
    return replayed
  }

  /** @throws AppError 404 that names `id` for what is no dead letter (any more) */
  async replay(kind: DeadLetterKind, id: string): Promise<void> {
    const replayed = await this.replayBatch(kind, { id, until: await this.now() })
    if (replayed.length === 0) throw notFound('id', 'The dead letter')
    await this.announce(kind, replayed)
  }

  /**
   * Takes it off the list. It comes back when the same thing ends badly anew.
   * @throws AppError 404 that names `id` for what is no dead letter (any more)
   */
  async dismiss(kind: DeadLetterKind, id: string): Promise<void> {
    const { rowCount } = await this.database.system.query(sql.dismiss(kind), [id])
    if (rowCount === 0) throw notFound('id', 'The dead letter')
  }

  private async replayBatch(kind: DeadLetterKind, { until, id, ...filter }: Choice): Promise<Replay[]> {
    const values = [...matching(filter), until, id ?? null, BATCH]
    return (await this.database.system.query<Replay>(sql.replay(kind), values)).rows
  }

  private async announce(kind: DeadLetterKind, replayed: Replay[]): Promise<void> {
    const { queue } = sql.sources[kind]
    const first = replayed.slice(0, ANNOUNCED)
    await Promise.all(first.map(({ announced }) => this.waker.wake(queue, { id: announced })))
  }

  private async now(): Promise<string> {
    const { rows } = await this.database.system.query<{ now: string }>(sql.now)
    const [row] = rows
    if (row === undefined) throw new Error('the database did not tell the time')
    return row.now
  }
}

const matching = ({ workspaceId, reason, since }: Omit<DeadLetterFilter, 'kind'>) => [
  workspaceId ?? null,
  reason ?? null,
  since ?? null,
]
