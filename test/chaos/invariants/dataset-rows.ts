import type pg from 'pg'

/** Where the rows of a dataset are in the database, and what a file says of each. */
export interface DatasetRows {
  table: string
  /** What a row is told apart by: in SQL, and the file's column. */
  id: string
  idColumn: string
  /** The file's column with the row's account, which is of one workspace alone. */
  placeColumn: string
  /** What a filter's dates are of. */
  time: string
}

export const datasetRows: Readonly<Record<string, DatasetRows | undefined>> = {
  leads: {
    table: 'leads',
    id: `'lead_' || hex`,
    idColumn: 'lead_id',
    placeColumn: 'account_id',
    time: 'created_at',
  },
  records: { table: 'records', id: 'id', idColumn: '_id', placeColumn: 'account', time: 'created_at' },
  funnels: {
    table: 'interactions',
    id: 'event_id',
    idColumn: 'id',
    placeColumn: 'accountId',
    time: 'occurred_at',
  },
  messageUsers: {
    table: 'message_users',
    id: 'id',
    idColumn: 'id',
    placeColumn: 'accountId',
    time: 'created_at',
  },
  messages: {
    table: 'messages',
    id: 'event_id',
    idColumn: 'id',
    placeColumn: 'accountId',
    time: 'occurred_at',
  },
}

/** The condition of each field of a stored filter. */
const conditions: Record<string, ((dataset: DatasetRows) => string) | undefined> = {
  chatbotId: () => 'chatbot_id =',
  accountId: () => 'account_id =',
  messageUserId: () => 'message_user_id =',
  funnelGroupId: () => 'funnel_group_id =',
  status: () => 'status =',
  source: () => 'source =',
  emailLower: () => 'lower(email) =',
  from: ({ time }) => `${time} >=`,
  to: ({ time }) => `${time} <`,
}

/** What an export should hold, by ids. */
export interface ExpectedRows {
  /** Of the workspace's rows that match: all that came in before the export was accepted. */
  ids: string[]
  /** Those of them that came in right before: nobody may have been told of them when it was accepted. */
  onTheWay: string[]
}

/** A gateway that was frozen, or a database that was away, may hold a write up for so long between its time and its commit. */
const ON_THE_WAY_SECONDS = 5

/**

 * @throws Error for a filter by what is not known here
 */
export async function expectedRows(
  superuser: pg.Pool,
  exportId: string,
  dataset: DatasetRows,
  filter: Record<string, string>,
): Promise<ExpectedRows> {
  const fields = Object.entries(filter)
  const where = fields.map(([field], n) => {
    const condition = conditions[field]
    if (condition === undefined) throw new Error(`a filter by ${field} can't be judged`)
    const type = field === 'from' || field === 'to' ? 'timestamptz' : 'text'
    return ` AND ${condition(dataset)} $${n + 2}::${type}`
  })
  const { rows } = await superuser.query<ExpectedRows>(
    // As one value, which is parsed faster than a row each.
    `SELECT coalesce(json_agg(${dataset.id}), '[]') AS ids,
       coalesce(json_agg(${dataset.id}) FILTER (WHERE ingested_at > cut_off - interval '${ON_THE_WAY_SECONDS} s'), '[]') AS "onTheWay"
     FROM (SELECT workspace_id AS workspace, accepted_at AS cut_off FROM exports WHERE id = $1) e, ${dataset.table}
     WHERE workspace_id = workspace AND ingested_at <= cut_off${where.join('')}`,
    [exportId, ...fields.map(([, value]) => value)],
  )
  return rows[0] ?? { ids: [], onTheWay: [] }
}

/** The ids of a workspace's accounts. */
export async function placesOf(superuser: pg.Pool, workspaceId: string): Promise<Set<string>> {
  const sql = 'SELECT id FROM accounts WHERE workspace_id = $1'
  const { rows } = await superuser.query<{ id: string }>(sql, [workspaceId])
  return new Set(rows.map(({ id }) => id))
}
