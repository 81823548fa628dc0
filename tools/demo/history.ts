import type { Queryable } from '#core'
import { createdLeads } from './created-leads.js'
import type { Micros } from './clock.js'
import { insertRows } from './insert.js'
import { Random } from './prng.js'
import type { LeadRow, RecordRow } from './rows.js'
import { generateVisits } from './visits.js'
import type { Foundation } from './workspace.js'

export interface HistorySize {
  /** Leads of the create API. */
  created: number
  /** Visitors of the chatbots, each of whom is a lead too. */
  visits: number
}

/** Any number would do; another one makes another demo. */
const SEED = 20_190_913

/**
 * A year of leads and conversations, the same for every `end`, which is a midnight in UTC.
 * @param client inside a transaction of the workspace
 */
export async function writeHistory(
  client: Queryable,
  workspaceId: string,
  { implicitAccountId, funnelIds }: Foundation,
  size: HistorySize,
  end: Micros,
): Promise<void> {
  const random = new Random(SEED)
  const generator = generateVisits(random, funnelIds, end)
  const visits = Array.from({ length: size.visits }, () => generator.next().value)
  const created = createdLeads(random, size.created, implicitAccountId, end)
  const insert = (table: string, rows: readonly object[]) => insertRows(client, workspaceId, table, rows)

  const leads = inOrder([...created, ...visits.map(({ lead }) => lead)], (lead) => lead.created_at)
  const records = inOrder(
    visits.flatMap(({ records }) => records),
    (record) => record.created_at,
  )
  const interactions = inOrder(
    visits.flatMap(({ interactions }) => interactions),
    (event) => event.occurred_at,
  )
  const messages = inOrder(
    visits.flatMap(({ messages }) => messages),
    (event) => event.occurred_at,
  )
  await insert(
    'message_users',
    inOrder(
      visits.map(({ user }) => user),
      (user) => user.created_at,
    ),
  )
  await insert('leads', leads)
  await insert('records', await withLeads(client, records))
  await client.query('SELECT ensure_month_partitions($1, $2)', [leads[0]?.created_at, new Date(end / 1000)])
  await insert('interactions', interactions)
  await insert('messages', messages)
  await client.query(EVENT_IDS)
  await insert('metadata_keys', metadataKeys(leads, records))
}

/** What was stored came in once. */
const EVENT_IDS = `
  INSERT INTO event_ids (workspace_id, event_id, received_at)
  SELECT workspace_id, event_id, ingested_at FROM messages
  UNION ALL SELECT workspace_id, event_id, ingested_at FROM interactions`

/** Numbers grow with time, as they would have in real life. ISO-8601 of one length sorts as text. */
const inOrder = <Row>(rows: Row[], time: (row: Row) => string): Row[] =>
  rows.sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0))

async function withLeads(client: Queryable, records: readonly RecordRow[]) {
  const { rows } = await client.query<{ id: string; message_user_id: string }>(
    'SELECT id, message_user_id FROM leads WHERE message_user_id IS NOT NULL',
  )
  const leadIds = new Map(rows.map(({ id, message_user_id }) => [message_user_id, id]))
  return records.map((record) => ({ ...record, lead_id: leadIds.get(record.message_user_id) }))
}

/** In first-seen order. */
function metadataKeys(leads: readonly LeadRow[], records: readonly RecordRow[]) {
  const ofLeads = new Set(leads.flatMap(({ metadata }) => Object.keys(metadata)))
  const ofRecords = new Set(records.flatMap(({ extra_data }) => extra_data.map(({ name }) => name)))
  return [
    ...[...ofLeads].map((key) => ({ dataset: 'leads', key })),
    ...[...ofRecords].map((key) => ({ dataset: 'records', key })),
  ]
}
