import type pg from 'pg'
import { hasNewKeys, lockKeys, rememberKeys } from './metadata-names.sql.js'

/** Names in one statement: a batch of events may have 50,000. */
const NAMES_AT_ONCE = 1000

/** Remembers names in metadata (of leads) or in extra data (of records), of which exports make columns. */
export async function rememberNames(
  client: pg.PoolClient,
  workspaceId: string,
  dataset: 'leads' | 'records',
  names: readonly string[],
): Promise<void> {
  for (let from = 0; from < names.length; from += NAMES_AT_ONCE) {
    const values = [workspaceId, dataset, names.slice(from, from + NAMES_AT_ONCE)]
    const { rows } = await client.query<{ found: boolean }>(hasNewKeys, values)
    if (rows[0]?.found !== true) continue
    await client.query(lockKeys, [workspaceId])
    await client.query(rememberKeys, values)
  }
}
