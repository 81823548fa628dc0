import pg from 'pg'

/**
 * The three roles of DESIGN section 1. `owner` migrates; `app` handles tenant data under forced
 * row-level security; `system` reads and writes control tables only. A login may also be a member
 * of one of them: policies and grants hold for members too.
 */
export const roles = { owner: 'leadferry_owner', app: 'leadferry_app', system: 'leadferry_system' } as const

/** The part of a pg client that SQL needs: a query, nothing of its lifetime. */
export interface Queryable {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as pg types it
  query<R>(sql: string, parameters?: unknown[]): Promise<{ rows: R[]; rowCount: number | null }>
}

/** A password for each role. */
export type RolePasswords = Record<keyof typeof roles, string>

/**
 * Makes the three roles where they are missing, sets their passwords, and lets the owner make tables in
 * the database of the URL: ours are in schema public, BullMQ's in a schema that the migration makes.
 * Roles belong to the server, not to a database.
 *
 * @param adminUrl as a superuser
 */
export async function installRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  try {
    await admin.connect()
    await createRoles(admin, passwords)
    const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name')
    await admin.query(`
      GRANT CREATE ON DATABASE ${pg.escapeIdentifier(rows[0]?.name ?? '')} TO ${roles.owner};
      GRANT USAGE, CREATE ON SCHEMA public TO ${roles.owner}`)
  } finally {
    await admin.end()
  }
}

/**
 * Makes the three roles where they are missing and sets their passwords.
 *
 * @param admin a superuser's connection
 */
export async function createRoles(admin: Queryable, passwords: RolePasswords): Promise<void> {
  for (const key of Object.keys(roles) as (keyof typeof roles)[]) {
    const { rows } = await admin.query<{ sql: string }>(
      `SELECT format(
         CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = $1) THEN 'ALTER' ELSE 'CREATE' END
         || ' ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD %L', $1, $2::text) AS sql`,
      [roles[key], passwords[key]],
    )
    await admin.query(rows[0]?.sql ?? '')
  }
}
