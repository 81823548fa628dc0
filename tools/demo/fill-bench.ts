import type pg from 'pg'
import type { Database, Queryable } from '#core'
import { KeysService, type Workspace, WorkspacesService } from '#tenancy'
import { insertRows } from './insert.js'
import { withClient } from './with-client.js'
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
 * A workspace `bench-{rows}` with that many leads, spread over a year that ended a day ago, each with five names of
 * metadata: utm_source, utm_campaign, company, job_title, notes. One that is there already is taken as it is.
 *
 * @param superuserUrl of that database: what comes in is known to be right, and foreign keys are looked at for nobody else
 */
export async function fillBench(
  database: Database,
  rows: number,
  superuserUrl: string,
): Promise<BenchWorkspace> {
  const workspace = await ensureWorkspace(new WorkspacesService(database), `bench-${rows}`)
  await withClient(superuserUrl, async (client) => {
    if (!(await fillOnce(client, workspace.id, rows))) return
    // Without statistics PostgreSQL would sort where it can read the index.
    await client.query('VACUUM (ANALYZE) leads')
    // What was written just now is not to be written to disk while something is measured.
    await client.query('CHECKPOINT')
  })
  const owner = { ownerName: 'Bench', ownerEmail: 'bench@example.com' }
  const { id, token } = await new KeysService(database).issue(workspace.id, { kind: 'api_key', ...owner })
  return { workspaceId: workspace.id, apiKeyId: id, apiKey: token }
}

/** A workspace of that name with a chatbot, made where there is none. */
export async function ensureWorkspace(workspaces: WorkspacesService, codename: string): Promise<Workspace> {
  const found = await workspaces.byCodename(codename)
  if (found !== null) return found
  const workspace = await workspaces.create({ codename, name: 'Bench', locale: 'en', timeZone: 'UTC' })
  await workspaces.addChatbot(workspace.id, { name: 'bench', ownerUserId: 'bench' })
  return workspace
}

/** In one transaction, so that a fill that was killed leaves nothing. @returns false where there are leads already */
async function fillOnce(client: pg.Client, workspaceId: string, rows: number): Promise<boolean> {
  const there = 'SELECT FROM leads WHERE workspace_id = $1 LIMIT 1'
  if ((await client.query(there, [workspaceId])).rowCount === 1) return false
  await client.query('BEGIN')
  await client.query(`SET LOCAL session_replication_role = 'replica'`)
  await client.query(CREATE_SAMPLES)
  await insertRows(client, workspaceId, 'samples', samples())
  await client.query('ANALYZE samples')
  await insertLeads(client, workspaceId, rows)
  await client.query(INSERT_KEYS, [workspaceId])
  await client.query('COMMIT')
  return true
}

/** Where more come in than there are, indexes are made anew: sorting all is quicker than finding a place for each. */
async function insertLeads(client: Queryable, workspaceId: string, rows: number): Promise<void> {
  const indexes = (await client.query<Index>(INDEXES, [rows])).rows
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`)
  for (let first = 0; first < rows; first += BATCH) {
    await client.query(INSERT_LEADS, [first, Math.min(first + BATCH, rows) - 1, rows, workspaceId])
  }
  await client.query(`SET LOCAL maintenance_work_mem = '1GB'`)
  for (const { definition } of indexes) await client.query(definition)
}

interface Index {
  name: string
  /** The statement that makes it. */
  definition: string
}

/** Those that no constraint stands on, where there are fewer leads than $1. */
const INDEXES = `
  SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
  FROM pg_index JOIN pg_class leads ON leads.oid = indrelid
  WHERE indrelid = 'leads'::regclass AND reltuples < $1
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`

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

/** From three samples each, never the same three twice within 25 million. $1 first, $2 last, $3 how many there will be, $4 the workspace. */
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
    JOIN chatbots ON chatbots.workspace_id = $4 AND chatbots.is_default
    JOIN accounts ON accounts.workspace_id = $4 AND accounts.implicit
  ORDER BY g`

const INSERT_KEYS = `
  INSERT INTO metadata_keys (workspace_id, dataset, key)
  SELECT $1, 'leads', unnest(ARRAY['utm_source', 'utm_campaign', 'company', 'job_title', 'notes'])`
