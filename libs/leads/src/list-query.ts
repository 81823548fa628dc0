import type { NamedQuery, Slice } from '#core'
import type { DatasetDefinition } from './datasets/dataset.js'
import { bound, conditionsOf, type DatasetFilter } from './filter.js'

/** How the rows of one list are found, sorted and read. */
export interface ListDefinition {
  name: string
  /** The columns that sort it, unique together; a position has their values in this order. */
  keys: readonly { column: string; type: 'timestamptz' | 'bigint' | 'text' }[]
  /** `<`: newest first; `>`: in the order of creation. */
  follows: '<' | '>'
  /**
   * The statement.
   * @param where conditions on the rows
   * @param range LIMIT, and for a page that is so many rows in OFFSET. Where there may be an offset, keys come from
   * the index first, then the rows, so that none is read to be thrown away.
   */
  select: (where: string, range: { sql: string; skips: boolean }) => string
}

/** Conditions as text, and the values that they bind. */
export interface Where {
  sql: string
  values: readonly string[]
  /** 'once': the index that sorts the list is right for whatever values these are. */
  planned?: 'once'
}

/**
 * The conditions of a dataset's list, given the number of the first parameter that they may bind. For a list whose
 * every filter has an index that sorts it, so that one plan is right for whatever values.
 */
export function whereOf(
  { filters }: DatasetDefinition,
  filter: DatasetFilter,
): (firstParameter: number) => Where {
  const conditions = conditionsOf(filters, filter)
  return (first) => ({ ...bound(conditions, first), planned: 'once' })
}

/** Pages of other sizes read on to the next of these: a statement per size would fill the connections' memory. */
const LIMITS = [11, 21, 51, 101]

/**
 * The prepared read of a slice: at least one row more than its limit, to know whether another page follows.
 * @param where prints the conditions, given the number of the first parameter that they may bind
 */
export function pageQuery(
  list: ListDefinition,
  where: (firstParameter: number) => Where,
  { limit, offset, after }: Slice,
): NamedQuery {
  if (offset > 0) {
    const { sql, values } = where(3)
    return query(list, sql, { sql: 'LIMIT $1 OFFSET $2', skips: true }, [limit + 1, offset, ...values])
  }
  const { sql, values, planned } = where(1)
  const bound = [...values]
  // A number that stands in the statement, because a plan for an unknown LIMIT would sort all rows.
  const range = { sql: `LIMIT ${LIMITS.find((most) => most > limit) ?? limit + 1}`, skips: false }
  if (after === undefined) return { ...query(list, sql, range, bound), planned }
  const columns = list.keys.map(({ column }) => column).join(', ')
  const place = list.keys.map(({ type }, i) => `$${bound.push(after[i] ?? '')}::${type}`).join(', ')
  return { ...query(list, `${sql} AND (${columns}) ${list.follows} (${place})`, range, bound), planned }
}

function query(
  list: ListDefinition,
  where: string,
  range: { sql: string; skips: boolean },
  values: NamedQuery['values'],
): NamedQuery {
  return { ...statementOf(list, where, range), values }
}

const statements = new Map<string, { name: string; text: string }>()
/** Filters come in few shapes, each made once, and prepared once per connection under a name of its own. */
function statementOf(list: ListDefinition, where: string, range: { sql: string; skips: boolean }) {
  const shape = `${list.name} ${range.sql} ${where}`
  let statement = statements.get(shape)
  if (statement === undefined) {
    statement = { name: `${list.name}-${statements.size}`, text: list.select(where, range) }
    statements.set(shape, statement)
  }
  return statement
}
