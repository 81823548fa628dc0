/** PostgreSQL's type of a column, which decides how its binary form is read. */
export type ColumnType =
  'text' | 'jsonb' | 'int8' | 'int4' | 'float8' | 'bool' | 'timestamptz' | 'date' | 'uuid' | 'numeric'

/** One column of a file, in the order of the SELECT that fills it. */
export interface Column {
  name: string
  type: ColumnType
  /**
   * `phone` keeps `^\+\d{6,15}$` unguarded in csv; `id` is text in a spreadsheet even where it is all
   * digits; `json` is the text of a JSON value, where a number is a number and stays unguarded.
   */
  role?: 'phone' | 'id' | 'json'
}
