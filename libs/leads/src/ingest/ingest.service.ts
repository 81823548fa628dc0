import { Inject, Injectable } from '@nestjs/common'
import type pg from 'pg'
import { Database, inSlices } from '#core'
import { rememberNames } from '../metadata-names.js'
import { isMissingMonth, monthOf, MONTHS_AT_ONCE, MonthPartitions } from '../months/month-partitions.js'
import { contactField } from './contact-fields.js'
import { writeConversations } from './conversations.js'
import type { ConversationEvent, EventOutcome } from './event.js'
import { forgetEventIds, insertEventIds } from './ingest.sql.js'
import { markLateDays } from './late-days.js'
import { type AttributedInteraction, writeLeads } from './leads-of-events.js'
import { type Attributed, writeMessageUsers } from './message-users.js'
import { writeRecords } from './records-of-events.js'
import { type Located, References, type Rejected } from './references.js'

/** Takes conversations in, and makes leads and records of them. */
@Injectable()
export class IngestService {
  private readonly partitions: MonthPartitions

  constructor(@Inject(Database) private readonly database: Database) {
    this.partitions = new MonthPartitions(database)
  }

  /**
   * Writes a batch in one transaction, of as many statements whatever its size. Events may come in any order, late,
   * and more than once: the same id counts once in a workspace, and what comes of them all is the same.
   *
   * @returns what became of each, in their order
   */
  async ingest(workspaceId: string, events: readonly ConversationEvent[]): Promise<EventOutcome[]> {
    if (events.length === 0) return []
    for (let attempt = 1; ; attempt += 1) {
      const { missing } = await this.partitions.open(events.map(({ time }) => time))
      try {
        return await this.database.undoable(() => this.writeBatch(workspaceId, events, missing))
      } catch (error) {
        if (attempt === ATTEMPTS || !isMissingMonth(error)) throw error
        this.partitions.forget()
      }
    }
  }

  /** @param missing months that events are rejected for */
  private writeBatch(
    workspaceId: string,
    events: readonly ConversationEvent[],
    missing: ReadonlySet<string>,
  ): Promise<EventOutcome[]> {
    return this.database.tenant(workspaceId, async (client) => {
      const references = await References.find(client, workspaceId, events)
      const located = events.map((event) =>
        missing.has(monthOf(event.time)) ? ofMissingMonth : references.locate(event),
      )
      const found = await references.keepToBound(located)
      const sound = distinctIds(found.flatMap((one) => (isRejected(one) ? [] : [one])))
      const fresh = await takeIds(client, workspaceId, sound)
      if (fresh.length > 0) await write(client, workspaceId, fresh, references)
      const accepted = new Set(fresh)
      return found.map((one) =>
        isRejected(one) ? one : { status: accepted.has(one) ? 'accepted' : 'duplicate' },
      )
    })
  }

  /** Forgets ids that came in so many days ago: the same id would count again. @returns how many */
  async forgetIds(days: number): Promise<number> {
    const { rowCount } = await this.database.system.query(forgetEventIds, [days, FORGET_AT_ONCE])
    return rowCount ?? 0
  }
}

/** More in one statement would hold the connection for long; the next round goes on. */
const FORGET_AT_ONCE = 50_000

/** A month can be dropped, for it was empty, between the look at it and the first row; hardly twice. */
const ATTEMPTS = 3

/** The month stays closed for one request only: the id is not taken, and the next request opens it. */
const ofMissingMonth: Rejected = {
  status: 'rejected',
  field: 'time',
  message: `One request opens at most ${MONTHS_AT_ONCE} months that hold no events yet: send this event again in another request`,
}

const isRejected = (one: Located | Rejected): one is Rejected => 'status' in one

/** Of events with one id, the first. */
function distinctIds(events: readonly Located[]): Located[] {
  const byId = new Map<string, Located>()
  for (const located of events) if (!byId.has(located.event.id)) byId.set(located.event.id, located)
  return [...byId.values()]
}

/** The events that have not come before. */
async function takeIds(
  client: pg.PoolClient,
  workspaceId: string,
  events: readonly Located[],
): Promise<Located[]> {
  if (events.length === 0) return []
  const { rows } = await client.query<{ event_id: string }>({
    name: 'ingest-event-ids',
    text: insertEventIds,
    values: [workspaceId, events.map(({ event }) => event.id).sort()],
  })
  const taken = new Set(rows.map(({ event_id }) => event_id))
  return events.filter(({ event }) => taken.has(event.id))
}

/** Everyone locks in this order, so that batches wait for each other and never in a circle. */
async function write(
  client: pg.PoolClient,
  workspaceId: string,
  fresh: readonly Located[],
  references: References,
): Promise<void> {
  await references.addAccounts(fresh.map(({ event }) => event))
  const events = await writeMessageUsers(client, workspaceId, fresh, references)
  const interactions = events.filter(isInteraction)
  await writeConversations(client, workspaceId, events, interactions)
  const users = [...new Set(events.map(({ user }) => user))]
  const leads = await writeLeads(client, workspaceId, users, interactions)
  if (interactions.length > 0) await writeRecords(client, workspaceId, interactions, leads.ids)
  const names = [
    ...new Set(interactions.flatMap(({ located }) => located.event.data.map(({ name }) => name))),
  ]
  const fields = await inSlices(names, contactField)
  await rememberNames(
    client,
    workspaceId,
    'leads',
    names.filter((_, n) => fields[n] === null),
  )
  await rememberNames(client, workspaceId, 'records', names)
  const moved = users.flatMap(({ was, createdAt }) => (was !== null && createdAt < was ? [was] : []))
  await markLateDays(client, workspaceId, [...fresh.map(({ event }) => event.time), ...moved, ...leads.moved])
}

const isInteraction = (event: Attributed): event is AttributedInteraction =>
  event.located.event.type === 'interaction'
