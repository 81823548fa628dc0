import { newHex, objectId } from '#core'
import { FunnelsService } from '#leads'
import type { TestContext, TestWorkspace } from '../context.js'

/** A message user who came at a time, wrote, was answered, made a step in a funnel, and became a lead. */
export async function addVisit(
  { database }: TestContext,
  { workspace, chatbot }: TestWorkspace,
  accountId: string,
  at: string,
): Promise<{ messageUser: string; lead: string }> {
  const messageUser = objectId()
  const hex = newHex()
  await funnelOf(database, workspace.id)
  await database.tenant(workspace.id, async (client) => {
    const who = [workspace.id, accountId, messageUser]
    await client.query(`SELECT ensure_month_partitions($1, $1)`, [at])
    await client.query(
      `INSERT INTO message_users (workspace_id, account_id, id, external_id, platform, first_name, created_at)
       SELECT $1, a.id, $3, $3, a.platform, '=Juan', $4 FROM accounts a WHERE a.id = $2`,
      [...who, at],
    )
    for (const sender of ['user', 'bot']) {
      await client.query(
        `INSERT INTO messages (workspace_id, account_id, message_user_id, chatbot_id, occurred_at, event_id, sender, text)
         VALUES ($1, $2, $3, $4, $5, $3 || $6, $6, 'Hola, ' || $6)`,
        [...who, chatbot.id, at, sender],
      )
    }
    await client.query(
      `INSERT INTO interactions (workspace_id, account_id, message_user_id, chatbot_id, occurred_at, event_id, funnel_id,
         funnel_group_id, interaction, data)
       SELECT $1, $2, $3, $4, $5, $3, g.funnel_id, g.id, 'INICIO', '[{"name":"DNI","cxt":"007"}]' FROM funnel_groups g`,
      [...who, chatbot.id, at],
    )
    await client.query(
      `INSERT INTO leads (workspace_id, account_id, message_user_id, chatbot_id, created_at, hex, name, metadata)
       VALUES ($1, $2, $3, $4, $5, $6, 'Juan', '{"campaign": "otoño"}')`,
      [...who, chatbot.id, at, hex],
    )
    await client.query(
      `INSERT INTO metadata_keys (workspace_id, dataset, key) VALUES ($1, 'leads', 'campaign'), ($1, 'records', 'DNI')
       ON CONFLICT DO NOTHING`,
      [workspace.id],
    )
  })
  return { messageUser, lead: `lead_${hex}` }
}

/** So many accounts, each with a message user who wrote once at a time: two files a day each. */
export async function addAccountsWithMessages(
  { testDatabase }: TestContext,
  { workspace, chatbot }: TestWorkspace,
  accounts: number,
  at: string,
): Promise<void> {
  const values = [workspace.id, accounts]
  const { superuser } = testDatabase
  await superuser.query(`SELECT ensure_month_partitions($1, $1)`, [at])
  await superuser.query(
    `INSERT INTO accounts (id, workspace_id, name, slug, platform)
     SELECT left(md5($1 || n), 24), $1, 'a' || n, 'a', 'web' FROM generate_series(1, $2::int) n`,
    values,
  )
  await superuser.query(
    `INSERT INTO message_users (id, workspace_id, account_id, external_id, platform, created_at)
     SELECT left(md5('user ' || a.id), 24), a.workspace_id, a.id, 'u', 'web', $2
     FROM accounts a WHERE a.workspace_id = $1 AND NOT a.implicit`,
    [workspace.id, at],
  )
  await superuser.query(
    `INSERT INTO messages (workspace_id, occurred_at, event_id, chatbot_id, account_id, message_user_id, sender, text)
     SELECT u.workspace_id, $2, u.id, $3, u.account_id, u.id, 'user', 'Hola'
     FROM message_users u WHERE u.workspace_id = $1`,
    [workspace.id, at, chatbot.id],
  )
}

async function funnelOf(database: TestContext['database'], workspaceId: string): Promise<void> {
  const { rows } = await database.tenant(workspaceId, (client) => client.query('SELECT FROM funnel_groups'))
  if (rows.length > 0) return
  const group = { name: 'Sacar Tarjeta', interactions: ['INICIO'], doubleCounting: false, newAt: 24 }
  await new FunnelsService(database).create(workspaceId, 'sacarTarjeta', ['INICIO'], [group])
}
