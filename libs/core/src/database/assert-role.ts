import { type Queryable, roles } from './roles.js'

/** Thrown at boot for a role that row-level security would not bind, or that is not the one it should be. */
export class UnsafeRoleError extends Error {
  constructor(variable: string, role: string, problem: string) {
    super(`${variable} logs in as "${role}", which ${problem}`)
    this.name = 'UnsafeRoleError'
  }
}

/**
 * Refuses a runtime role that is a superuser, bypasses row-level security or owns a table: for such
 * a role the database would keep no tenant apart from another.
 *
 * @param variable the variable its URL came from, for the message
 */
export async function assertRuntimeRole(
  db: Queryable,
  variable: string,
  expected: 'app' | 'system',
): Promise<void> {
  const { rows } = await db.query<{
    role: string
    superuser: boolean
    bypass: boolean
    owns: boolean
    member: boolean
  }>(
    `SELECT current_user AS role, rolsuper AS superuser, rolbypassrls AS bypass,
       EXISTS (SELECT FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
         AND pg_has_role(current_user, c.relowner, 'USAGE')) AS owns,
       coalesce((SELECT pg_has_role(current_user, oid, 'USAGE') FROM pg_roles WHERE rolname = $1), false) AS member
     FROM pg_roles WHERE rolname = current_user`,
    [roles[expected]],
  )
  const found = rows[0]
  if (found === undefined) throw new UnsafeRoleError(variable, 'unknown', 'is not a role of this server')
  if (found.superuser) throw new UnsafeRoleError(variable, found.role, 'is a superuser')
  if (found.bypass) throw new UnsafeRoleError(variable, found.role, 'bypasses row-level security')
  if (found.owns) throw new UnsafeRoleError(variable, found.role, 'owns tables')
  if (!found.member)
    throw new UnsafeRoleError(variable, found.role, `is not ${roles[expected]} nor a member of it`)
}
