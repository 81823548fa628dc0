import { type Database, sha256Hex } from '#core'
import { nasty } from './leads.js'

export interface SampleConversations {
  chatbotId: string
  accountId: string
  funnelId: string
  funnelGroupId: string
  /** Of messages and of interactions; of message users a fifth. */
  count: number
}

/** What message users write at their worst: nasty text, and one message longer than a cell of a spreadsheet. */
export const messageTexts = [
  ...nasty,
  'long '.repeat(10_000),
  '\u0007 bell\u200b',
  '{"json": "inside"}\u2028 line',
]

/** The names of what is collected. */
export const collectedNames = ['DNI', `it's "a" name`]

/**
 * Inserts message users, and for each of them messages and interactions of January to March 2026, which are three
 * months of the partitioned tables. Three rows at a time are of one microsecond, three such trios of one millisecond;
 * not all came in at the time that they tell of.
 *
 * @returns the message users' ids
 */
export async function addConversations(
  database: Database,
  workspaceId: string,
  { chatbotId, accountId, funnelId, funnelGroupId, count }: SampleConversations,
): Promise<string[]> {
  // Ids are unique over all workspaces, and a test may call this more than once for one.
  const seed = sha256Hex(`${funnelGroupId} ${accountId} ${chatbotId}`).slice(0, 12)
  const userOf = (n: string) => `left(md5('${seed} talker' || ${n}), 24)`
  const time = `timestamptz '2026-01-01T00:00:00Z' + n / 9 * interval '90 days' / (1 + $5::int / 9)
    + n % 9 / 3 * interval '1 microsecond'`
  const users = Math.max(1, Math.floor(count / 5))
  return database.tenant(workspaceId, async (client) => {
    await client.query(`SELECT ensure_month_partitions('2026-01-01', '2026-04-01')`)
    await client.query(
      `INSERT INTO message_users (id, workspace_id, account_id, external_id, platform, first_name, last_name, created_at)
       SELECT ${userOf('n')}, $1, $2, '${seed}-' || n, 'messenger', ($3::text[])[1 + n % array_length($3::text[], 1)],
         CASE WHEN n % 2 = 0 THEN 'Perez' END, timestamptz '2026-01-01T00:00:00Z' + n / 3 * interval '9 days'
       FROM generate_series(1, $4::int) n`,
      [workspaceId, accountId, nasty, users],
    )
    const common = [workspaceId, chatbotId, accountId]
    await client.query(
      `INSERT INTO messages (workspace_id, chatbot_id, account_id, occurred_at, event_id, message_user_id, sender, text)
       SELECT $1, $2, $3, ${time}, 'evt_${seed}_message_' || n, ${userOf(`(1 + n % ${users})`)},
         CASE WHEN n % 2 = 0 THEN 'user' ELSE 'bot' END, ($4::text[])[1 + n % array_length($4::text[], 1)]
       FROM generate_series(1, $5::int) n`,
      [...common, messageTexts, count],
    )
    await client.query(
      `INSERT INTO interactions (workspace_id, chatbot_id, account_id, occurred_at, event_id, message_user_id, funnel_id,
         funnel_group_id, interaction, data)
       SELECT $1, $2, $3, ${time}, 'evt_${seed}_step_' || n, ${userOf(`(1 + n % ${users})`)}, $6, $7, 'A',
         CASE WHEN n % 3 = 0 THEN '[]' ELSE jsonb_build_array(
           jsonb_build_object('name', ($8::text[])[1], 'cxt', ($4::text[])[1 + n % array_length($4::text[], 1)]),
           jsonb_build_object('name', ($8::text[])[2], 'cxt', n::text)) END
       FROM generate_series(1, $5::int) n`,
      [...common, nasty, count, funnelId, funnelGroupId, collectedNames],
    )
    await client.query(
      `INSERT INTO metadata_keys (workspace_id, dataset, key) SELECT $1, 'records', unnest($2::text[])
       ON CONFLICT DO NOTHING`,
      [workspaceId, collectedNames],
    )
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM message_users WHERE external_id LIKE $1 ORDER BY id`,
      [`${seed}-%`],
    )
    return rows.map(({ id }) => id)
  })
}
