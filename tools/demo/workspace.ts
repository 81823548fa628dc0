import { objectId, type Queryable } from '#core'
import { accounts, chatbots, groups } from '../generate/catalog.js'
import { insertRows } from './insert.js'

/**
 * Chatbots, accounts, funnels and groups of the demo.
 * @param client inside a transaction of the workspace
 */
export async function layFoundation(client: Queryable, workspaceId: string): Promise<void> {
  await insertRows(client, workspaceId, 'chatbots', chatbots)
  await insertRows(client, workspaceId, 'accounts', accounts)
  const funnels = groups.map(({ funnel, steps }) => ({
    name: funnel,
    interactions: steps.map(({ interaction }) => interaction),
  }))
  await insertRows(client, workspaceId, 'funnels', funnels)
  const inserted = await client.query<{ id: string; name: string }>('SELECT id, name FROM funnels')
  const funnelIds = new Map(inserted.rows.map(({ id, name }) => [name, id]))
  const groupRows = groups.map(({ id, funnel, name, doubleCounting, newAt, steps }) => ({
    id,
    funnel_id: funnelIds.get(funnel),
    name,
    double_counting: doubleCounting,
    new_at: newAt,
    interactions: steps.map(({ interaction }) => interaction),
  }))
  await insertRows(client, workspaceId, 'funnel_groups', groupRows)
}

/** The account of leads that belong to none. Every workspace has one, unless whoever made it was killed halfway. */
export async function implicitAccount(client: Queryable, workspaceId: string): Promise<string> {
  await client.query(
    `INSERT INTO accounts (id, workspace_id, name, slug, platform, implicit) VALUES ($1, $2, 'API', 'api', 'api', true)
     ON CONFLICT (workspace_id) WHERE implicit DO NOTHING`,
    [objectId(), workspaceId],
  )
  const { rows } = await client.query<{ id: string }>('SELECT id FROM accounts WHERE implicit')
  return rows[0]?.id ?? ''
}
