import type { DataSource } from 'typeorm'

/**
 * SQL that may run any number of times: a function with its grants. A feature keeps each in a file of its own, exports
 * them as a list, and edits them in place, while migrations are frozen. `migrate` runs all of them after the migrations.
 * Programs of the release before still call them during a rolling upgrade: a change keeps the signature, or adds another.
 */
export interface RepeatableSql {
  /** The function's name; says in an error which text failed. */
  name: string
  /** `CREATE OR REPLACE FUNCTION …`, then its `REVOKE` and `GRANT`. */
  sql: string
}

/** Runs all of them in one transaction. @throws an Error that names the one that failed */
export async function runRepeatable(source: DataSource, all: readonly RepeatableSql[]): Promise<void> {
  await source.transaction(async (entities) => {
    for (const { name, sql } of all) {
      await entities.query(sql).catch((cause: unknown) => {
        throw new Error(`the function ${name} could not be made: ${String(cause)}`, { cause })
      })
    }
  })
}
