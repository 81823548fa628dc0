import type { Queryable } from '#core'

/** Large enough that round trips cost nothing, small enough that a batch is a few MB of JSON. */
const BATCH = 2_500

/**
 * Inserts rows in their order, a statement per few thousand. `COPY table FROM` would be faster by a little, and
 * PostgreSQL refuses it under row-level security.
 *
 * @param client inside a transaction of the workspace
 * @param table its name, and so its row type, which tells PostgreSQL how to read the values
 * @param rows all with the same keys, which are column names; `workspace_id` is added
 */
export async function insertRows(
  client: Queryable,
  workspaceId: string,
  table: string,
  rows: readonly object[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
    .map((column) => `"${column}"`)
    .join(', ')
  const sql = `INSERT INTO ${table} (workspace_id, ${columns})
    SELECT $1, ${columns} FROM json_populate_recordset(NULL::${table}, $2)`
  let running: Promise<unknown> = Promise.resolve()
  for (let start = 0; start < rows.length; start += BATCH) {
    // Made while PostgreSQL is at work on the batch before.
    const json = JSON.stringify(rows.slice(start, start + BATCH))
    await running
    running = client.query(sql, [workspaceId, json])
  }
  await running
}
