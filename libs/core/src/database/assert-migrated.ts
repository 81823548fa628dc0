import { migrations } from './migrations/index.js'
import type { Queryable } from './roles.js'

/** Thrown at boot for a database that this build can't work on until it has been migrated. */
export class NotMigratedError extends Error {
  constructor(missing: readonly string[]) {
    super(`the database lacks ${missing.join(', ')}: run \`bin/leadferry migrate\` (MIGRATION_DATABASE_URL)`)
    this.name = 'NotMigratedError'
  }
}

/**
 * Refuses a database without every migration of this build. One with more of them is ahead of this build, as in the
 * middle of a rolling deployment, and serves it too.
 */
export async function assertMigrated(db: Queryable): Promise<void> {
  const wanted = migrations.map(({ name }) => name)
  const table = await db.query<{ there: boolean }>(
    `SELECT to_regclass('public.migrations') IS NOT NULL AS there`,
  )
  if (table.rows[0]?.there !== true) throw new NotMigratedError(['every table'])
  const { rows } = await db.query<{ name: string }>('SELECT name FROM migrations')
  const done = new Set(rows.map(({ name }) => name))
  const missing = wanted.filter((name) => !done.has(name))
  if (missing.length > 0) throw new NotMigratedError(missing)
}
