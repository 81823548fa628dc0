import { Database, loadConfig } from '#core'
import { KeysService, tenancyEntities, type TokenKind, type Workspace, WorkspacesService } from '#tenancy'
import { defaultChatbot } from '../generate/catalog.js'
import { Random } from '../generate/prng.js'
import { asOwner } from './as-owner.js'
import { createdLeads } from './created-leads.js'
import { DEMO_PEOPLE } from './fill-conversations.js'
import { insertRows } from './insert.js'
import { keptTokens } from './kept-tokens.js'
import { implicitAccount, layFoundation } from './workspace.js'

/** What the demo is reached by, named as in `demo.env`. */
export interface DemoAccess {
  CODENAME: string
  CHATBOT_ID: string
  /** Of "Demo Owner", with every scope. */
  API_KEY: string
  APP_TOKEN: string
}

const LEADS = 50_000
/** Any number would do; another one makes another demo. */
const SEED = 20_190_913
const owner = { ownerName: 'Demo Owner', ownerEmail: 'demo@leadferry.local' }

/**
 * Makes the workspace `demo` where it is missing, with what conversations need and leads of the create API: so many
 * that with those of the conversations there are 50,000. A fill that was killed leaves an empty workspace, which the
 * next call fills. Tokens of an earlier start that still open the demo are kept; lost ones are issued anew, for the
 * database keeps hashes only.
 *
 * @param env with DATABASE_URL, SYSTEM_DATABASE_URL and MIGRATION_DATABASE_URL
 * @param dataDir where an earlier start wrote `demo.env`
 * @param created how many leads; fewer in tests
 */
export async function fillDemo(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  created = LEADS - DEMO_PEOPLE,
): Promise<DemoAccess> {
  const config = { ...loadConfig('migrate', env), ...loadConfig('cli', env) }
  const database = await Database.connect(config, tenancyEntities)
  try {
    const workspace = await ensureWorkspace(new WorkspacesService(database))
    if (await isEmpty(database, workspace)) {
      await fill(database, workspace, created)
      await asOwner(config.MIGRATION_DATABASE_URL, 'ANALYZE leads')
    }
    const kept = keptTokens(dataDir)
    const keys = new KeysService(database)
    return {
      CODENAME: workspace.codename,
      CHATBOT_ID: defaultChatbot.id,
      API_KEY: await token(keys, workspace, 'api_key', kept.API_KEY),
      APP_TOKEN: await token(keys, workspace, 'app_token', kept.APP_TOKEN),
    }
  } finally {
    await database.close()
  }
}

async function ensureWorkspace(workspaces: WorkspacesService): Promise<Workspace> {
  const demo = { codename: 'demo', name: 'Demo', locale: 'es', timeZone: 'America/Lima' } as const
  return (await workspaces.byCodename(demo.codename)) ?? workspaces.create(demo)
}

/** The fill is one transaction, so one of its rows tells of all. */
const isEmpty = (database: Database, { id }: Workspace): Promise<boolean> =>
  database.tenant(id, async (client) => (await client.query('SELECT FROM chatbots LIMIT 1')).rowCount === 0)

async function fill(database: Database, { id }: Workspace, created: number): Promise<void> {
  await database.tenant(id, async (client) => {
    await layFoundation(client, id)
    const accountId = await implicitAccount(client, id)
    const leads = createdLeads(new Random(SEED), created, accountId, Date.now())
    await insertRows(client, id, 'leads', leads)
    const keys = new Set(leads.flatMap(({ metadata }) => Object.keys(metadata)))
    const named = Array.from(keys, (key) => ({ dataset: 'leads', key }))
    await insertRows(client, id, 'metadata_keys', named)
  })
}

async function token(
  keys: KeysService,
  { id }: Workspace,
  kind: TokenKind,
  kept: string | undefined,
): Promise<string> {
  const principal = kept === undefined ? null : await keys.authenticate(kept)
  if (kept !== undefined && principal?.workspaceId === id && principal.kind === kind) return kept
  return (await keys.issue(id, { kind, ...owner })).token
}
