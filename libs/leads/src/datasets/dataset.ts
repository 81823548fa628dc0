import type { Column } from '#core'
import type { FilterColumns } from '../filter.js'

/** One column of a dataset: what the file calls it and the SQL that makes it, in PostgreSQL's own type. */
export interface DatasetColumn extends Column {
  sql: string
}

/** An object that flat formats spread over a column per name; nested formats keep `nested` whole. */
export interface ExtraColumns {
  prefix: string
  object: string
  nested: DatasetColumn
  /** What metadata_keys keeps its names under. */
  keys: 'leads' | 'records'
}

/** What an export can be of. Casting to text in SQL would double the database's work: types stay native. */
export interface DatasetDefinition {
  columns: readonly DatasetColumn[]
  extra?: ExtraColumns
  /** FROM and its joins. */
  from: string
  /** Newest first. */
  orderBy: string
  filters: FilterColumns
}
