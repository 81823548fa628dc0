import type { Database, Queryable } from '#core'
import { KeysService, type Workspace, WorkspacesService } from '#tenancy'
import { asOwner } from './as-owner.js'
import { insertRows } from './insert.js'
import { generateLeads } from './leads.js'
import { Random } from '../generate/prng.js'
import { campaigns, companies, jobTitles, notes } from './texts.js'

/** What a benchmark exports, and as whom. */
export interface BenchWorkspace {
  workspaceId: string
  apiKeyId: string
  /** The token of that key. */
  apiKey: string
}

/** So many are made here; rows are put together from several of them by PostgreSQL. */
const SAMPLES = 5_000
const BATCH = 100_000

/**
 * A workspace `bench-{rows}` with that many leads, spread over a year that ends now, each with five names of metadata:
 * utm_source, utm_campaign, company, job_title, notes. One that is there already is taken as it is.
 *
 * @param ownerUrl MIGRATION_DATABASE_URL, for statistics: without them PostgreSQL sorts instead of reading the index
 */
export async function fillBench(database: Database, rows: number, ownerUrl: string): Promise<BenchWorkspace> {
  const workspace = await ensureWorkspace(new WorkspacesService(database), `bench-${rows}`)
  const filled = await database.tenant(workspace.id, (client) => fillOnce(client, workspace.id, rows))
  if (filled) await asOwner(ownerUrl, 'VACUUM (ANALYZE) leads')
  const owner = { ownerName: 'Bench', ownerEmail: 'bench@example.com' }
  const { id, token } = await new KeysService(database).issue(workspace.id, { kind: 'api_key', ...owner })
  return { workspaceId: workspace.id, apiKeyId: id, apiKey: token }
}

async function ensureWorkspace(workspaces: WorkspacesService, codename: string): Promise<Workspace> {
  const found = await workspaces.byCodename(codename)
  if (found !== null) return found
  const workspace = await workspaces.create({ codename, name: 'Bench', locale: 'en', timeZone: 'UTC' })
  await workspaces.addChatbot(workspace.id, { name: 'bench', ownerUserId: 'bench' })
  return workspace
}

/** In one transaction, so that a fill that was killed leaves nothing. @returns false where there are leads already */
async function fillOnce(client: Queryable, workspaceId: string, rows: number): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM leads LIMIT 1')
  if (rowCount === 1) return false
  await client.query(CREATE_SAMPLES)
  await insertRows(client, workspaceId, 'samples', samples())
  await client.query('ANALYZE samples')
  for (let first = 0; first < rows; first += BATCH) {
    await client.query(INSERT_LEADS, [first, Math.min(first + BATCH, rows) - 1, rows])
  }
  await client.query(INSERT_KEYS, [workspaceId])
  return true
}

function samples() {
  const random = new Random(1_000_000)
  const leads = generateLeads(random)
  return Array.from({ length: SAMPLES }, (_, n) => {
    const { name, email, phone, source, status } = leads.next().value
    const metadata = {
      utm_source: random.pick(['google', 'facebook', 'instagram', 'tiktok', 'newsletter']),
      utm_campaign: random.pick(campaigns),
      company: random.pick(companies),
      job_title: random.pick(jobTitles),
      notes: random.pick(notes),
    }
    const [local, host] = email.split('@')
    return { n, name, surname: name.split(' ').at(-1), local, host, phone, source, status, metadata }
  })
}

const CREATE_SAMPLES = `
  CREATE TEMP TABLE samples (workspace_id text, n int, name text, surname text, local text, host text, phone text,
    source text, status text, metadata jsonb) ON COMMIT DROP`

/** From three samples each, never the same three twice within 25 million. $1 first, $2 last, $3 how many there will be. */
const INSERT_LEADS = `
  INSERT INTO leads (workspace_id, hex, chatbot_id, account_id, name, email, email_lower, claimed_email, phone, source,
    status, metadata, created_at, updated_at, ingested_at)
  SELECT a.workspace_id, substr(md5(g::text), 1, 16), chatbots.id, accounts.id, a.name || ' ' || b.surname,
    a.local || '.' || g || '@' || b.host, lower(a.local) || '.' || g || '@' || b.host, lower(a.local) || '.' || g || '@' || b.host,
    b.phone, c.source, b.status, c.metadata, t.at, least(t.at + g % 5000 * interval '1 minute', now()), t.at
  FROM generate_series($1::bigint, $2::bigint) g
    JOIN samples a ON a.n = g % ${SAMPLES}
    JOIN samples b ON b.n = (g * 7 + g / ${SAMPLES}) % ${SAMPLES}
    JOIN samples c ON c.n = (g * 13 + g / ${SAMPLES} * 3) % ${SAMPLES}
    CROSS JOIN LATERAL (SELECT now() - interval '365 days' * (1 - g::float8 / $3) - interval '1 day'
      + g * 7919 % 1000000 * interval '1 microsecond' AS at) t
    JOIN chatbots ON chatbots.is_default
    JOIN accounts ON accounts.implicit
  ORDER BY g`

const INSERT_KEYS = `
  INSERT INTO metadata_keys (workspace_id, dataset, key)
  SELECT $1, 'leads', unnest(ARRAY['utm_source', 'utm_campaign', 'company', 'job_title', 'notes'])`
