import { withClient } from './with-client.js'

/**
 * Runs what only the owner of the tables may: VACUUM and ANALYZE, which PostgreSQL would get to by itself some minutes
 * after a large fill. Without statistics it sorts where it could read the index.
 *
 * @param ownerUrl MIGRATION_DATABASE_URL
 */
export async function asOwner(ownerUrl: string, sql: string): Promise<void> {
  await withClient(ownerUrl, (client) => client.query(sql))
}
