import { type Database, sha256Hex } from '#core'

export interface SampleRecords {
  chatbotId: string
  accountId: string
  funnelId: string
  funnelGroupId: string
  count: number
}

/**
 * Inserts `count` records, each with a message user and the lead that its events would have made, which has
 * no email. Three at a time are of one microsecond, three such trios of one millisecond.
 *
 * @returns their ids, newest first
 */
export async function addRecords(
  database: Database,
  workspaceId: string,
  { chatbotId, accountId, funnelId, funnelGroupId, count }: SampleRecords,
): Promise<string[]> {
  // Ids are unique over all workspaces, and a test may call this more than once for one.
  const seed = sha256Hex(`${funnelGroupId} ${accountId} ${chatbotId}`)
  const id = (kind: string) => `left(md5('${seed} ${kind}' || n), 24)`
  const time = `timestamptz '2026-02-01T00:00:00Z' + n / 9 * interval '1 minute' + n % 9 / 3 * interval '1 microsecond'`
  return database.tenant(workspaceId, async (client) => {
    await client.query(
      `INSERT INTO message_users (id, workspace_id, account_id, external_id, platform, first_name, last_name)
       SELECT ${id('user')}, $1, $2, ${id('external')}, 'messenger', 'Juan', CASE WHEN n % 2 = 0 THEN 'Perez' END
       FROM generate_series(1, $3::int) n`,
      [workspaceId, accountId, count],
    )
    await client.query(
      `INSERT INTO leads (workspace_id, hex, chatbot_id, account_id, message_user_id, name, source, created_at)
       SELECT $1, left(md5('${seed} lead' || n), 16), $2, $3, ${id('user')}, 'Juan', 'messenger', ${time}
       FROM generate_series(1, $4::int) n`,
      [workspaceId, chatbotId, accountId, count],
    )
    await client.query(
      `INSERT INTO records (id, workspace_id, chatbot_id, account_id, message_user_id, funnel_id, funnel_group_id,
         lead_id, last, extra_data, created_at, updated_at)
       SELECT ${id('record')}, $1, $2, $3, ${id('user')}, $4, $5, l.id, 'INGRESO',
         jsonb_build_array(jsonb_build_object('name', 'DNI', 'cxt', '12345678'), jsonb_build_object('name', 'Ingreso', 'cxt', n::text)),
         ${time}, ${time} + interval '2 minutes'
       FROM generate_series(1, $6::int) n
         JOIN leads l ON l.workspace_id = $1 AND l.chatbot_id = $2 AND l.message_user_id = ${id('user')}`,
      [workspaceId, chatbotId, accountId, funnelId, funnelGroupId, count],
    )
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM records WHERE funnel_group_id = $1 AND account_id = $2 ORDER BY created_at DESC, id DESC',
      [funnelGroupId, accountId],
    )
    return rows.map((row) => row.id)
  })
}
