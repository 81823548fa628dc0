import type pg from 'pg'
import { foldInSlices, type IsoTime, nextSlice, objectId } from '#core'
import { deleteRecords, findRecords, upsertRecords } from './ingest.sql.js'
import { type AttributedInteraction, leadKey } from './leads-of-events.js'
import type { MessageUser } from './message-users.js'
import { foldRecords, type RecordState, type Step } from './record-fold.js'
import type { Place } from './references.js'
import { writeRows } from './write-rows.js'

interface KnownRecord extends RecordState {
  message_user_id: string
  funnel_group_id: string
}

/** What one message user did in one funnel group. */
interface Passage {
  user: MessageUser
  place: Place
  steps: Step[]
}

/** Brings the records up to date: the passes of each message user through each funnel group. */
export async function writeRecords(
  client: pg.PoolClient,
  workspaceId: string,
  interactions: readonly AttributedInteraction[],
  leadIds: ReadonlyMap<string, string>,
): Promise<void> {
  const passages = passagesOf(interactions)
  const reaches = [...passages.values()].map(reachOf)
  const statement = { name: 'ingest-find-records', text: findRecords }
  const rows = await writeRows<KnownRecord>(client, statement, workspaceId, reaches)
  const known = byPassage(rows)
  const written: object[] = []
  const gone: string[] = []
  for (const [key, { user, place, steps }] of passages) {
    const pause = nextSlice()
    if (pause !== undefined) await pause
    const before = known.get(key) ?? []
    const after = await foldInSlices(before, steps, (records, some) =>
      foldRecords(records, some, place, (at) => objectId(undefined, new Date(at))),
    )
    const kept = new Set(after.map(({ id }) => id))
    gone.push(...before.flatMap(({ id }) => (kept.has(id) ? [] : [id])))
    const untouched = new Set<RecordState>(before)
    for (const record of after) {
      if (!untouched.has(record)) written.push(rowOf(record, user, place, leadIds))
    }
  }
  if (gone.length > 0) await client.query(deleteRecords, [workspaceId, gone])
  await writeRows(client, { name: 'ingest-upsert-records', text: upsertRecords }, workspaceId, written)
}

function passagesOf(interactions: readonly AttributedInteraction[]): Map<string, Passage> {
  const passages = new Map<string, Passage>()
  for (const { located, user } of interactions) {
    const { event, chatbotId, place } = located
    const key = passageKey(user.id, place.groupId)
    const passage = passages.get(key) ?? { user, place, steps: [] }
    const { id, time, interaction, data } = event
    passage.steps.push({ id, time, interaction, data, chatbotId, position: place.position })
    passages.set(key, passage)
  }
  return passages
}

const passageKey = (messageUserId: string, groupId: string): string => `${messageUserId} ${groupId}`

function byPassage(rows: readonly KnownRecord[]): Map<string, RecordState[]> {
  const records = new Map<string, RecordState[]>()
  for (const row of rows) {
    const key = passageKey(row.message_user_id, row.funnel_group_id)
    records.set(key, [...(records.get(key) ?? []), row])
  }
  return records
}

/** The times of records that the steps may belong to. */
function reachOf({ user, place, steps }: Passage) {
  const at = { message_user_id: user.id, funnel_group_id: place.groupId }
  if (!place.doubleCounting) return { ...at, since: '-infinity', until: 'infinity' }
  const times = steps.map(({ time }) => time).sort()
  // A millisecond more than the gap, for what a Date does not see.
  const gap = place.newAt * 3_600_000 + 1
  return { ...at, since: shifted(times[0] ?? '', -gap), until: shifted(times.at(-1) ?? '', gap) }
}

const shifted = (time: IsoTime, ms: number): string => new Date(Date.parse(time) + ms).toISOString()

function rowOf(record: RecordState, user: MessageUser, place: Place, leadIds: ReadonlyMap<string, string>) {
  const { id, chatbot_id, last, extra_data, told, created_at, updated_at } = record
  return {
    id,
    chatbot_id,
    account_id: user.accountId,
    message_user_id: user.id,
    funnel_id: place.funnelId,
    funnel_group_id: place.groupId,
    lead_id: leadIds.get(leadKey(user.id, chatbot_id)) ?? record.lead_id,
    last,
    extra_data,
    told,
    created_at,
    updated_at,
  }
}
