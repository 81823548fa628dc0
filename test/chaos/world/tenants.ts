import { Database, loadConfig } from '#core'
import { exportEntities } from '#exports'
import { FunnelsService, leadEntities } from '#leads'
import { KeysService, tenancyEntities, WorkspacesService } from '#tenancy'
import { nasty } from '../../support/samples/leads.js'

export const tenantNames = ['small', 'other', 'versions', 'medium', 'large'] as const
export type TenantName = (typeof tenantNames)[number]

/** How many leads each begins with: a csv of `large` takes several parts, one of `medium` nearly fills one; `versions` is edited all the time. */
export const leadCounts: Record<TenantName, number> = {
  small: 300,
  other: 500,
  versions: 3000,
  medium: 20_000,
  large: 45_000,
}

export interface Tenant {
  /** Also its codename. */
  name: string
  id: string
  chatbotId: string
  key: string
  appToken: string
  owner: string
}

/** Workspaces that know nothing of each other, each with its people. @param leads how many each begins with, by its name */
export async function makeTenants(
  env: Record<string, string>,
  leads: Readonly<Record<string, number>>,
): Promise<Tenant[]> {
  const config = { ...loadConfig('worker', env), ...loadConfig('gateway', env) }
  const database = await Database.connect(config, [...tenancyEntities, ...leadEntities, ...exportEntities])
  try {
    const tenants: Tenant[] = []
    for (const [name, count] of Object.entries(leads)) tenants.push(await makeTenant(database, name, count))
    return tenants
  } finally {
    await database.close()
  }
}

async function makeTenant(database: Database, name: string, leads: number): Promise<Tenant> {
  const workspaces = new WorkspacesService(database)
  const locale = name === 'other' ? 'en' : 'es'
  const workspace = await workspaces.create({
    codename: name,
    name: `Empresa ${name}`,
    locale,
    timeZone: 'America/Lima',
  })
  const chatbot = await workspaces.addChatbot(workspace.id, { name: 'asistente', ownerUserId: 'user-1' })
  const group = { name: 'G', doubleCounting: true, newAt: 1, interactions: ['A', 'B'] }
  await new FunnelsService(database).create(workspace.id, 'F', ['A', 'B'], [group])
  const owner = `owner-${name}@chaos.example`
  const keys = new KeysService(database)
  const holder = { ownerName: `Ana ${name}`, ownerEmail: owner }
  const { token: key } = await keys.issue(workspace.id, { kind: 'api_key', ...holder })
  const { token: appToken } = await keys.issue(workspace.id, { kind: 'app_token', ...holder })
  await addLeads(database, workspace.id, chatbot.id, leads)
  return { name, id: workspace.id, chatbotId: chatbot.id, key, appToken, owner }
}

/** Of the last hours: days that are over would all be archived as well. */
async function addLeads(
  database: Database,
  workspaceId: string,
  chatbotId: string,
  count: number,
): Promise<void> {
  await database.tenant(workspaceId, async (client) => {
    await client.query(
      `INSERT INTO leads (workspace_id, hex, chatbot_id, account_id, name, email, email_lower, phone, source, metadata, created_at)
       SELECT $1, left(md5($1 || n), 16), $2, a.id, ($3::text[])[1 + n % array_length($3::text[], 1)], 'p' || n || '@people.example',
         'p' || n || '@people.example', '+5198765' || lpad(n::text, 5, '0'), 'web',
         jsonb_build_object('version', 0, 'note', ($3::text[])[1 + (n + 7) % array_length($3::text[], 1)], 'noise', md5(n::text)),
         clock_timestamp() - n * interval '100 ms'
       FROM generate_series(1, $4::int) n, accounts a WHERE a.implicit`,
      [workspaceId, chatbotId, nasty, count],
    )
    await client.query(
      `INSERT INTO metadata_keys (workspace_id, dataset, key)
       SELECT $1, 'leads', unnest(ARRAY['version', 'note', 'noise']) ON CONFLICT DO NOTHING`,
      [workspaceId],
    )
  })
}
