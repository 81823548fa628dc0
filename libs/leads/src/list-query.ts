import type { NamedQuery, Slice } from '#core'

/** How the rows of one list are found, sorted and read. */
export interface ListDefinition {
  name: string
  /** The columns that sort it, unique together; a position has their values in this order. */
  keys: readonly { column: string; type: 'timestamptz' | 'bigint' | 'text' }[]
  /** `<`: newest first; `>`: in the order of creation. */
  follows: '<' | '>'
  /** The statement: keys from the index first, then the rows. $1 limit, $2 offset, from FIRST_VALUE on what `where` binds. */
  page: (where: string) => string
}

/** Conditions as text and the values they bind. */
export interface Where {
  sql: string
  values: readonly string[]
}

/** The first parameter that a list's conditions may bind. */
export const FIRST_VALUE = 3

/** The prepared read of a slice: one row more than its limit, to know whether another page follows. */
export function pageQuery(list: ListDefinition, where: Where, { limit, offset, after }: Slice): NamedQuery {
  const values = [limit + 1, offset, ...where.values]
  let conditions = where.sql
  if (after !== undefined) {
    const columns = list.keys.map(({ column }) => column).join(', ')
    const place = list.keys.map(({ type }, i) => `$${values.push(after[i] ?? '')}::${type}`).join(', ')
    conditions += ` AND (${columns}) ${list.follows} (${place})`
  }
  const text = list.page(conditions)
  return { name: statementName(list.name, text), text, values }
}

const names = new Map<string, string>()
/** Filters come in few shapes, each prepared once per connection under a name of its own. */
function statementName(list: string, text: string): string {
  const name = names.get(text) ?? `${list}-${names.size}`
  names.set(text, name)
  return name
}
