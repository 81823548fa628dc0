import { FunnelsService } from '#leads'
import { WorkspacesService } from '#tenancy'
import { Client, type Json } from '../support/api/client.js'
import type { TestContext, TestWorkspace } from '../support/context.js'
import { startProgram } from '../support/programs/programs.js'
import { until } from '../support/until.js'
import { addConversations } from '../support/samples/conversations.js'
import { addRecords } from '../support/samples/records.js'
import type { Secrets } from './judge.js'
import { cursorsOf, type PoolValues } from './pools.js'

const LEADS = 40
const RECORDS = 18
/** Both workspaces have a lead of each of these, and both have used each of the keys. */
const SHARED_EMAILS = ['shared-1@example.com', 'shared-2@example.com']
const SHARED_KEYS = Array.from({ length: 12 }, (_, n) => `shared-key-${n}`)

/** A workspace with something of everything, every text of it marked. */
export interface Tenant extends TestWorkspace {
  mark: string
  values: PoolValues
}

/**
 * Makes a workspace whose every text has `{mark}-{what}-{n}` in it (`_` where no dash may be), with leads,
 * funnels, records, completed exports and archived files. A gateway must run.
 *
 * @param mark lower-case letters
 */
export async function makeTenant(context: TestContext, mark: string): Promise<Tenant> {
  const base = await context.workspace(`${mark}-codename-1`, 'en')
  const { workspace } = base
  const workspaces = new WorkspacesService(context.database)
  await workspaces.allowRecipient(workspace.id, `${mark}-allowed-1@example.com`)
  const bot = await workspaces.addChatbot(workspace.id, {
    name: `${mark}-bot-1`,
    ownerUserId: `${mark}-user-1`,
  })
  const account = await workspaces.addAccount(workspace.id, {
    name: `${mark}-account-1`,
    slug: `${mark}-account-1`,
    platform: `${mark}_platform_1`,
  })
  await addFunnels(context, base, mark, { chatbotId: bot.id, accountId: account.id })
  await addLeads(context, base, mark)
  await addFiles(context, base, mark)
  const api = new Client(`${context.config.PUBLIC_URL}/api/v1`, base.key)
  for (const [n, email] of SHARED_EMAILS.entries())
    await api.post('/leads', { name: `${mark}-shared-${n}`, email }, { 'Idempotency-Key': SHARED_KEYS[n]! })
  const exports = await completedExports(context, api)
  const values = {
    chatbotId: [base.chatbot.id, bot.id],
    bot: [base.chatbot.name, bot.name],
    account: [account.id],
    codename: [workspace.codename],
    funnel: [`${mark}-funnel-1`, `${mark}-funnel-2`],
    funnelGroup: [`${mark}-group-1`],
    interaction: [`${mark}-step-1`],
    messageUser: await column(
      context,
      'SELECT id FROM message_users WHERE workspace_id = $1 ORDER BY id LIMIT 9',
      workspace.id,
    ),
    leadId: await column(context, `SELECT 'lead_' || hex FROM leads WHERE workspace_id = $1`, workspace.id),
    id: exports,
    failedExport: await column(context, FAILED_EXPORTS, exports[0]!),
    completedExport: await column(context, COMPLETED_EXPORTS, exports[0]!),
    name: await column(context, `SELECT name FROM archive_files WHERE workspace_id = $1`, workspace.id),
    prefix: ['exports', 'exports/all/', 'leads', `leads/${mark}-account-1`],
    recipient: [base.owner, `${mark}-allowed-1@example.com`],
    email: [`${mark}-email-1@example.com`, ...SHARED_EMAILS],
    source: [`${mark}-source-1`, `${mark}-source-2`],
    idempotencyKey: SHARED_KEYS,
    token: [base.appToken],
    ...(await cursors(api, workspace.codename, mark)),
  }
  return { ...base, mark, values }
}

/** What stands in `theirs` and nowhere in `ours`. */
export async function secretsOf(context: TestContext, theirs: Tenant, ours: Tenant): Promise<Secrets> {
  const hex = new Set((await everything(context, theirs.workspace.id)).match(/[0-9a-f]{16,}/g))
  for (const known of (await everything(context, ours.workspace.id)).match(/[0-9a-f]{16,}/g) ?? [])
    hex.delete(known)
  return { canary: new RegExp(`${theirs.mark}[-_][a-z]+[-_]\\d+`, 'gi'), hex }
}

/** Every row of a workspace as text; the same text when nothing has changed. When a key was last used does not count. */
export async function everything({ testDatabase }: TestContext, workspaceId: string): Promise<string> {
  const { rows: tables } = await testDatabase.superuser.query<{ name: string; key: string }>(
    `SELECT c.table_name AS name, c.column_name AS key FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE'
       AND (c.column_name = 'workspace_id' OR c.table_name = 'workspaces' AND c.column_name = 'id') ORDER BY 1`,
  )
  const texts: string[] = []
  for (const { name, key } of tables) {
    const { rows } = await testDatabase.superuser.query<{ row: string }>(
      `SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM "${name}" t WHERE "${key}" = $1 ORDER BY 1`,
      [workspaceId],
    )
    texts.push(name, ...rows.map(({ row }) => row))
  }
  return texts.join('\n')
}

async function addFunnels(
  context: TestContext,
  { workspace }: TestWorkspace,
  mark: string,
  place: { chatbotId: string; accountId: string },
): Promise<void> {
  const funnels = new FunnelsService(context.database)
  const group = { name: `${mark}-group-1`, doubleCounting: true, newAt: 24, interactions: [`${mark}-step-1`] }
  for (const n of [1, 2]) {
    const { id } = await funnels.create(workspace.id, `${mark}-funnel-${n}`, [`${mark}-step-1`], [group])
    const funnelGroupId = await funnels.groupId(workspace.id, `${mark}-funnel-${n}`, group.name)
    const sample = { ...place, funnelId: id, funnelGroupId, count: RECORDS }
    if (n === 2) continue
    await addRecords(context.database, workspace.id, sample)
    await addConversations(context.database, workspace.id, sample)
  }
  // The samples are the same for everyone; here each says whose it is.
  const { superuser } = context.testDatabase
  for (const change of [
    `message_users SET first_name = '${mark}-first-1', last_name = '${mark}-last-1', platform = '${mark}_platform_1'`,
    `leads SET name = '${mark}-name-0', source = '${mark}-source-0'`,
    `messages SET text = '${mark}-text-' || id, event_id = '${mark}-event-' || id`,
    `interactions SET interaction = '${mark}-step-1', data = '[{"name":"${mark}-key-1","cxt":"${mark}-cxt-1"}]',
       event_id = '${mark}-event-' || id`,
    `records SET last = '${mark}-step-1', extra_data = '[{"name":"${mark}-key-1","cxt":"${mark}-cxt-1"}]'`,
  ])
    await superuser.query(`UPDATE ${change} WHERE workspace_id = $1`, [workspace.id])
}

async function addLeads({ testDatabase }: TestContext, { workspace, chatbot }: TestWorkspace, mark: string) {
  await testDatabase.superuser.query(
    `INSERT INTO leads (workspace_id, hex, chatbot_id, account_id, name, email, email_lower, claimed_email, source, metadata)
     SELECT $1::text, left(md5($1::text || n), 16), $2, a.id, $3::text || '-name-' || n, mail, mail, mail, $3::text || '-source-' || n % 3,
       jsonb_build_object($3::text || '-key-1', $3::text || '-value-' || n)
     FROM generate_series(1, $4::int) n, concat($3::text, '-email-', n, '@example.com') mail, accounts a
     WHERE a.workspace_id = $1 AND a.implicit`,
    [workspace.id, chatbot.id, mark, LEADS],
  )
  await testDatabase.superuser.query(
    `INSERT INTO metadata_keys (workspace_id, dataset, key) VALUES ($1, 'leads', $2), ($1, 'records', $2)`,
    [workspace.id, `${mark}-key-1`],
  )
}

/** Daily archives, which nothing makes yet. */
async function addFiles(
  { testDatabase }: TestContext,
  { workspace }: TestWorkspace,
  mark: string,
): Promise<void> {
  await testDatabase.superuser.query(
    `INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day)
     SELECT $1::text, 'csv', model, folder, name, $1::text || name, 1, md5(name), 1, '2026-01-01'
     FROM unnest(ARRAY['leads', 'funnels', 'messages']) model, concat($2::text, '-account-1') folder,
       generate_series(1, 9) n, concat(model, '/', folder, '/', $2::text, '-file-', n, '.zip') name`,
    [workspace.id, mark],
  )
}

/** Copies of the export $1 in another state: a request that changes one, or deletes it, leaves enough for the next. */
const copiesOf = (state: 'failed' | 'completed', columns: Record<string, string>): string => `
  INSERT INTO exports (id, workspace_id, api_key_id, dataset, format, filter, options, request_hash, recipient_name,
    recipient_email, locale, state, ${Object.keys(columns).join(', ')})
  SELECT 'exp_' || left(md5('${state}' || id || n), 16), workspace_id, api_key_id, dataset, format, filter, options,
    request_hash, recipient_name, recipient_email, locale, '${state}', ${Object.values(columns).join(', ')}
  FROM exports, generate_series(1, 60) n WHERE id = $1 RETURNING id`
const FAILED_EXPORTS = copiesOf('failed', { finished_at: 'now()', reason: `'storage_unavailable'` })
const COMPLETED_EXPORTS = copiesOf('completed', {
  finished_at: 'finished_at',
  expires_at: 'expires_at',
  bytes: 'bytes',
  sha256: 'sha256',
  object_key: 'object_key',
  archive_name: 'archive_name',
})

/** Their ids, once their mails are sent and nothing more happens to them. */
async function completedExports(context: TestContext, api: Client): Promise<string[]> {
  const worker = await startProgram('worker', context.env)
  const ids: string[] = []
  for (const [dataset, format] of [
    ['leads', 'csv'],
    ['leads', 'json'],
    ['records', 'xlsx'],
    ['records', 'ndjson'],
  ]) {
    const { body } = await api.post(
      '/exports',
      { dataset, format },
      { 'Idempotency-Key': `shared-key-${ids.length}` },
    )
    ids.push(body.id as string)
  }
  await until('the mails about the exports', async () => {
    const sent = await column(
      context,
      `SELECT export_id FROM mail_outbox WHERE state = 'sent' AND export_id = ANY($1)`,
      ids,
    )
    return sent.length === ids.length
  })
  await worker.stop(10_000)
  return ids
}

/** Of every list, the cursor of its second page. */
async function cursors(api: Client, codename: string, mark: string): Promise<PoolValues> {
  const records = `funnel=${mark}-funnel-1&funnelGroup=${mark}-group-1&limit=1`
  const lists: [operationId: string, path: string, next: (body: Json) => string][] = [
    ['listWorkspaceLeads', '/leads?size=1', (body) => body.pagination.next],
    ['listExports', '/exports?size=1', (body) => body.pagination.next],
    ['listFunnels', `/${codename}/lead/funnels?limit=1`, (body) => body.next],
    ['listRecords', `/${codename}/lead/records?${records}`, (body) => body.next],
    ['listMessageUsers', `/${codename}/message-users?size=1`, (body) => body.pagination.next],
    ['listMessages', `/${codename}/messages?size=1`, (body) => body.pagination.next],
    ['listInteractions', `/${codename}/interactions?size=1`, (body) => body.pagination.next],
    ['listArchive', `/${codename}/archive/list?limit=1`, (body) => body.next],
  ]
  const found = lists.map(async ([operationId, path, next]) => [
    cursorsOf(operationId),
    [next((await api.get(path)).body)],
  ])
  return Object.fromEntries(await Promise.all(found)) as PoolValues
}

async function column({ testDatabase }: TestContext, sql: string, parameter: unknown): Promise<string[]> {
  const { rows } = await testDatabase.superuser.query({ text: sql, values: [parameter], rowMode: 'array' })
  return (rows as [string][]).map(([value]) => value)
}
