import pg from 'pg'
import { createRoles, migrate, type RolePasswords, roles } from '#core'
import { databaseFunctions } from '../../apps/cli/src/database-functions.js'

/**
 * Roles, database and tables, each made where it is missing.
 * @param superuserUrl of any database of the server
 * @param ownerUrl of the database to be, as the role that owns it
 */
export async function prepareDatabase(
  superuserUrl: string,
  ownerUrl: string,
  secrets: RolePasswords,
): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await createRoles(client, secrets)
    const name = new URL(ownerUrl).pathname.slice(1)
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0)
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} OWNER ${roles.owner}`)
  } finally {
    await client.end()
  }
  await migrate(ownerUrl, databaseFunctions)
}
