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

/**
 * Makes the three roles where they are missing and sets their passwords; for the local stack, tests
 * and the compose file's set-up. Roles belong to the server, not to a database.
 *
 * @param admin a superuser's connection
 */
export async function createRoles(
  admin: Queryable,
  passwords: Record<keyof typeof roles, string>,
): Promise<void> {
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
