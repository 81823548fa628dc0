import { FunnelsService } from '#leads'
import { Client } from '../../../support/api/client.js'
import { TestContext, type TestWorkspace } from '../../../support/context.js'
import { startProgram } from '../../../support/programs/programs.js'
import { until } from '../../../support/until.js'
import { addConversations } from '../../../support/samples/conversations.js'
import { addLeads } from '../../../support/samples/leads.js'
import { addRecords } from '../../../support/samples/records.js'
import type { AcceptedExport, Evidence } from '../evidence.js'

/** What exports are accepted for: every dataset, every format, with and without a filter. */
const requests = [
  { dataset: 'leads', format: 'csv', filter: { startDate: '2026-01-01T00:10:00Z', source: 'web' } },
  { dataset: 'leads', format: 'xlsx' },
  { dataset: 'records', format: 'csv', gzip: true, filter: { funnel: 'f', funnelGroup: 'g' } },
  { dataset: 'funnels', format: 'json', filter: { endDate: '2026-02-20' } },
  { dataset: 'messageUsers', format: 'ndjson', gzip: true },
  { dataset: 'messages', format: 'csv', csv: { profile: 'excel-es' }, filter: { bot: 'asistente' } },
  { dataset: 'messages', format: 'csv', columns: ['text', 'time'] },
]

/** A product that ran for a while, as its processes left it, and one gateway that still runs. */
export interface SmallWorld {
  context: TestContext
  evidence: Evidence
  /** Completed exports by the order of their acceptance; those of leads with their format. */
  ids: { requested: string[]; versions: string; retried: string; cancelled: string; failed: string }
  /** Of another tenant than the one that owns all other exports but `versions`. */
  other: TestWorkspace
  close(): Promise<void>
}

export async function startSmallWorld(): Promise<SmallWorld> {
  // What the SDK says of the Node versions of next year is no JSON.
  const context = await TestContext.create('postgres', {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  })
  const { superuser } = context.testDatabase
  const [demo, versions, other] = [
    await context.workspace('demo'),
    await context.workspace('versions'),
    await context.workspace('other'),
  ]
  for (const workspace of [demo, other]) await fill(context, workspace)
  await addLeads(context.database, versions.workspace.id, versions.chatbot.id, 100)
  await superuser.query(`UPDATE leads SET metadata = metadata || '{"version": 7}' WHERE workspace_id = $1`, [
    versions.workspace.id,
  ])
  await superuser.query(
    `INSERT INTO metadata_keys (workspace_id, dataset, key) VALUES ($1, 'leads', 'version')`,
    [versions.workspace.id],
  )
  const gateway = await startProgram('gateway', context.env)
  const worker = await startProgram('worker', context.env)
  // They came in some time ago: what comes in right before an export may be on its way.
  for (const table of ['leads', 'records', 'message_users', 'messages', 'interactions'])
    await superuser.query(`UPDATE ${table} SET ingested_at = ingested_at - interval '1 minute'`)
  const accepted: AcceptedExport[] = []

  async function accept({ workspace, key }: TestWorkspace, request: object): Promise<string> {
    const { status, body } = await clientOf(key).post('/exports', request)
    if (status !== 202) throw new Error(`not accepted: ${JSON.stringify(body)}`)
    const { id, dataset, format, gzip } = body as unknown as AcceptedExport
    accepted.push({ id, workspace: workspace.codename, dataset, format, gzip, cancelled: false })
    return id
  }
  const clientOf = (key: string) => new Client(`${context.config.PUBLIC_URL}/api/v1`, key)
  const api = clientOf(demo.key)
  const ended = (id: string, state: string) =>
    until(`${id} to be ${state}`, async () => {
      const { rows } = await superuser.query<{ state: string }>('SELECT state FROM exports WHERE id = $1', [
        id,
      ])
      return rows[0]?.state === state
    })
  /** As if every store had been down for longer than one waits. */
  const giveUp = (id: string) =>
    superuser.query(
      `UPDATE exports SET tried_since = now() - interval '25 hours', deferrals = greatest(deferrals, 1), not_before = now() WHERE id = $1`,
      [id],
    )

  const requested: string[] = []
  for (const request of requests) requested.push(await accept(demo, request))
  const ofVersions = await accept(versions, { dataset: 'leads', format: 'csv' })
  for (const id of [...requested, ofVersions]) await ended(id, 'completed')

  await context.s3.close()
  const [failed, retried, cancelled] = [
    await accept(demo, { dataset: 'leads', format: 'ndjson' }),
    await accept(demo, { dataset: 'leads', format: 'json' }),
    await accept(demo, { dataset: 'leads', format: 'csv' }),
  ]
  await api.post(`/exports/${cancelled}/cancel`, undefined)
  accepted.find(({ id }) => id === cancelled)!.cancelled = true
  for (const id of [failed, retried]) {
    await until('the reason', async () => (await api.get(`/exports/${id}`)).body.error !== null)
    await giveUp(id)
    await ended(id, 'failed')
  }
  await context.s3.restart()
  await api.post(`/exports/${retried}/retry`, undefined)
  await ended(retried, 'completed')
  await letTimePass(context)
  await worker.stop(10_000)

  const { env } = context
  return {
    context,
    other,
    ids: { requested, versions: ofVersions, retried, cancelled, failed },
    evidence: {
      superuser,
      store: {
        endpoint: env['S3_ENDPOINT']!,
        bucket: 'leadferry',
        accessKeyId: env['S3_ACCESS_KEY_ID']!,
        secretAccessKey: env['S3_SECRET_ACCESS_KEY']!,
      },
      mailbox: context.mailbox,
      logs: new Map([
        ['gateway-1', gateway.lines],
        ['worker-1', worker.lines],
      ]),
      accepted,
      secrets: [demo, versions, other]
        .flatMap(({ key, appToken }) => [key, appToken])
        .concat(env['APP_SECRET']!, env['ADMIN_TOKEN']!, env['S3_SECRET_ACCESS_KEY']!),
      addresses: [demo, versions, other].map(({ owner }) => owner),
      apiUrl: context.config.PUBLIC_URL,
    },
    async close() {
      await gateway.stop(10_000)
      await context.close()
    },
  }
}

/** Until every mail is sent and janitors have forgotten what they only keep for a while. */
async function letTimePass({ testDatabase: { superuser } }: TestContext): Promise<void> {
  await superuser.query('UPDATE mail_outbox SET not_before = now()')
  await until('every mail', async () => {
    const { rowCount } = await superuser.query(`SELECT FROM mail_outbox WHERE state <> 'sent'`)
    return rowCount === 0
  })
  await until('the janitors', async () => {
    await superuser.query(
      `UPDATE upload_intents SET created_at = now() - interval '3 hours', not_before = now(), cleaned_at = NULL`,
    )
    return (await superuser.query('SELECT FROM upload_intents')).rowCount === 0
  })
}

async function fill({ database }: TestContext, { workspace, chatbot }: TestWorkspace): Promise<void> {
  await addLeads(database, workspace.id, chatbot.id, 50)
  const funnels = new FunnelsService(database)
  const group = { name: 'g', doubleCounting: true, newAt: 24, interactions: ['A'] }
  const { id: funnelId } = await funnels.create(workspace.id, 'f', ['A'], [group])
  const funnelGroupId = await funnels.groupId(workspace.id, 'f', 'g')
  const [account] = await database.read<{ id: string }>(workspace.id, {
    name: 'account',
    text: 'SELECT id FROM accounts',
    values: [],
  })
  const place = { chatbotId: chatbot.id, accountId: account!.id, funnelId, funnelGroupId, count: 40 }
  await addRecords(database, workspace.id, place)
  await addConversations(database, workspace.id, place)
}
