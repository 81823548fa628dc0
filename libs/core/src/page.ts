/** A row's place in a list: the values that sort it, as text. A Date would lose the microseconds. */
export type Position = readonly string[]

/** The part of a list to read: what follows a place, or what is so many rows in. */
export interface Slice {
  limit: number
  offset: number
  after?: Position
}

export interface Page<Row> {
  rows: Row[]
  /** Of the last row, where more rows follow; else null. */
  next: Position | null
}

/**
 * The page of a slice.
 * @param rows one more than `limit` was read, which tells whether more rows follow
 */
export function pageOf<Row>(rows: Row[], limit: number, position: (row: Row) => Position): Page<Row> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { rows: rows.slice(0, limit), next: last === undefined ? null : position(last) }
}
