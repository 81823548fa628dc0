import type pg from 'pg'
import { hasNewKeys, lockKeys, rememberKeys } from './metadata-names.sql.js'

/** Remembers names in metadata (of leads) or in extra data (of records), of which exports make columns. */
export async function rememberNames(
  client: pg.PoolClient,
  workspaceId: string,
  dataset: 'leads' | 'records',
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return
  const values = [workspaceId, dataset, names]
  const { rows } = await client.query<{ found: boolean }>(hasNewKeys, values)
  if (rows[0]?.found !== true) return
  await client.query(lockKeys, [workspaceId])
  await client.query(rememberKeys, values)
}
