import type { NamedQuery, Slice } from '#core'
import type { DatasetDefinition } from './datasets/dataset.js'
import { bound, type Condition, conditionsOf, type DatasetFilter } from './filter.js'

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

/** The conditions of a list, and the values that they bind. */
export interface Where {
  /** Which conditions these are: those of one shape make one text. */
  shape: string
  /** Their text, given the number of the first parameter that they may bind. */
  sql: (firstParameter: number) => string
  values: readonly string[]
  /** 'once': the index that sorts the list is right for whatever values these are. */
  planned?: 'once'
}

/** Conditions of a filter. */
export const whereAll = (conditions: readonly Condition[]): Where => ({
  shape: conditions.map(({ column, operator }) => column + operator).join(),
  sql: (firstParameter) => bound(conditions, firstParameter).sql,
  values: conditions.map(({ value }) => value),
})

/** The conditions of a dataset's list, of which every filter has an index that sorts it, so that one plan is right for whatever values. */
export const whereOf = ({ filters }: DatasetDefinition, filter: DatasetFilter): Where => ({
  ...whereAll(conditionsOf(filters, filter)),
  planned: 'once',
})

/** Pages of other sizes read on to the next of these: a statement per size would fill the connections' memory. */
const LIMITS = [11, 21, 51, 101, 201, 501, 1001]

/** The prepared read of a slice: at least one row more than its limit, to know whether another page follows. */
export function pageQuery(list: ListDefinition, where: Where, { limit, offset, after }: Slice): NamedQuery {
  const { shape, values, planned } = where
  if (offset > 0) {
    const statement = statementOf(list, `skipping ${shape}`, () =>
      list.select(where.sql(3), { sql: 'LIMIT $1 OFFSET $2', skips: true }),
    )
    return { ...statement, values: [limit + 1, offset, ...values] }
  }
  // A number that stands in the statement, because a plan for an unknown LIMIT would sort all rows.
  const most = LIMITS.find((most) => most > limit) ?? limit + 1
  const range = { sql: `LIMIT ${most}`, skips: false }
  if (after === undefined) {
    const statement = statementOf(list, `first ${most} ${shape}`, () => list.select(where.sql(1), range))
    return { ...statement, values, planned }
  }
  const statement = statementOf(list, `next ${most} ${shape}`, () =>
    list.select(`${where.sql(1)} AND ${behind(list, values.length + 1)}`, range),
  )
  return { ...statement, values: [...values, ...list.keys.map((_, i) => after[i] ?? '')], planned }
}

/** The rows that follow a place, of which the values that sort it are bound from `firstParameter` on. */
function behind({ keys, follows }: ListDefinition, firstParameter: number): string {
  const columns = keys.map(({ column }) => column).join(', ')
  const place = keys.map(({ type }, i) => `$${firstParameter + i}::${type}`).join(', ')
  return `(${columns}) ${follows} (${place})`
}

type Statement = Pick<NamedQuery, 'name' | 'text'>
const statements = new Map<string, Statement>()

/** Filters come in few shapes, each made once, and prepared once per connection under a name of its own. */
function statementOf(list: ListDefinition, shape: string, text: () => string): Statement {
  const key = `${list.name} ${shape}`
  let statement = statements.get(key)
  if (statement === undefined) {
    statement = { name: `${list.name}-${statements.size}`, text: text() }
    statements.set(key, statement)
  }
  return statement
}
