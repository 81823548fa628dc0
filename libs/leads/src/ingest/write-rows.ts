import type pg from 'pg'
import { inSlices } from '#core'

/** Characters of JSON that one statement takes: to encode and to send them is one piece of CPU. */
const STATEMENT_LENGTH = 256 * 1024

/**
 * Runs a statement whose $1 is the workspace and whose $2 is rows as JSON. Large rows are divided between several
 * statements, and the event loop turns between them, so that the texts of one batch hold up nobody else.
 *
 * @returns the rows that the statements return
 */
export async function writeRows<R extends pg.QueryResultRow>(
  client: pg.PoolClient,
  { name, text }: { name: string; text: string },
  workspaceId: string,
  rows: readonly object[],
): Promise<R[]> {
  const returned: R[] = []
  for (const values of divided(await inSlices(rows, (row) => JSON.stringify(row)))) {
    const answer = await client.query<R>({ name, text, values: [workspaceId, `[${values.join(',')}]`] })
    for (const row of answer.rows) returned.push(row)
  }
  return returned
}

/** One part at least, so that a statement always runs. */
function divided(texts: readonly string[]): string[][] {
  const parts: string[][] = [[]]
  let length = 0
  for (const text of texts) {
    length += text.length
    if (length > STATEMENT_LENGTH && length > text.length) {
      parts.push([])
      length = text.length
    }
    parts.at(-1)?.push(text)
  }
  return parts
}
