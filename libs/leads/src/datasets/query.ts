import { type Column, quote } from '#core'
import { conditionsOf, type Dataset, type DatasetFilter, literal } from '../filter.js'
import type { DatasetColumn, DatasetDefinition, ExtraColumns } from './dataset.js'
import { funnelsDataset } from './funnels.dataset.js'
import { leadsDataset } from './leads.dataset.js'
import { messageUsersDataset } from './message-users.dataset.js'
import { messagesDataset } from './messages.dataset.js'
import { recordsDataset } from './records.dataset.js'

/** Columns flattened out of metadata; what is beyond stays together in one JSON column. */
export const MAX_FLATTENED = 200

export const definitions: Record<Dataset, DatasetDefinition> = {
  leads: leadsDataset,
  records: recordsDataset,
  funnels: funnelsDataset,
  messageUsers: messageUsersDataset,
  messages: messagesDataset,
}

/** The columns of an export, fixed when it is accepted. */
export interface ColumnChoice {
  /** Names out of metadata or extra data, in first-seen order. */
  flattened: string[]
  /** Whether there are more names than were flattened. */
  rest: boolean
  /** Only these, in this order, by the name the file has; absent: all. */
  only?: string[]
}

/** A SELECT for COPY and what it selects. */
export interface DatasetQuery {
  sql: string
  columns: Column[]
}

/** Names of the columns that a flat file of the dataset has. */
export function columnNames(dataset: Dataset, choice: ColumnChoice): string[] {
  return columnsOf(definitions[dataset], 'flat', choice).map(({ name }) => name)
}

/** What runs a statement in a transaction of a workspace and answers its rows. */
interface Rows {
  query(sql: string, values: string[]): Promise<object[]>
}

/** The names seen so far in metadata or extra data, first seen first. */
export async function knownExtraKeys(workspace: Rows, dataset: Dataset): Promise<ColumnChoice> {
  const { extra } = definitions[dataset]
  if (extra === undefined) return { flattened: [], rest: false }
  const rows = (await workspace.query(
    `SELECT key FROM metadata_keys WHERE dataset = $1 ORDER BY position LIMIT ${MAX_FLATTENED + 1}`,
    [extra.keys],
  )) as { key: string }[]
  const keys = rows.map(({ key }) => key)
  return { flattened: keys.slice(0, MAX_FLATTENED), rest: keys.length > MAX_FLATTENED }
}

/**
 * The query of an export.
 * @param shape flat formats get a column per name of metadata, nested ones the object as it is
 */
export function datasetQuery(
  dataset: Dataset,
  shape: 'flat' | 'nested',
  filter: DatasetFilter,
  choice: ColumnChoice,
): DatasetQuery {
  const where = literal(conditionsOf(definitions[dataset].filters, filter))
  return selectWhere(dataset, shape, choice, where)
}

/** @param where our own SQL, never a client's */
export function selectWhere(
  dataset: Dataset,
  shape: 'flat' | 'nested',
  choice: ColumnChoice,
  where: string,
): DatasetQuery {
  const definition = definitions[dataset]
  const columns = columnsOf(definition, shape, choice)
  const list = columns.map(({ sql }) => sql).join(', ')
  return {
    sql: `SELECT ${list} FROM ${definition.from} WHERE ${where} ORDER BY ${definition.orderBy}`,
    columns: columns.map(({ name, type, role }) => ({ name, type, role })),
  }
}

function columnsOf(
  { columns, extra }: DatasetDefinition,
  shape: 'flat' | 'nested',
  choice: ColumnChoice,
): DatasetColumn[] {
  const all = [...columns, ...extraColumns(extra, shape, choice)]
  if (choice.only === undefined) return all
  // A nested format keeps the object whole, so a name out of it asks for the object.
  const wanted = choice.only.map((name) =>
    shape === 'nested' && extra !== undefined && name.startsWith(extra.prefix) ? extra.nested.name : name,
  )
  const byName = new Map(all.map((column) => [column.name, column]))
  return [...new Set(wanted)].map((name) => byName.get(name)).filter((column) => column !== undefined)
}

function extraColumns(
  extra: ExtraColumns | undefined,
  shape: 'flat' | 'nested',
  choice: ColumnChoice,
): DatasetColumn[] {
  if (extra === undefined) return []
  if (shape === 'nested') return [extra.nested]
  const flattened = choice.flattened.map((key): DatasetColumn => {
    return { name: extra.prefix + key, type: 'text', role: 'json', sql: `${extra.object} ->> ${quote(key)}` }
  })
  if (!choice.rest) return flattened
  const keys = choice.flattened.map(quote).join(', ')
  return [...flattened, { ...extra.nested, sql: `${extra.object} - ARRAY[${keys}]::text[]` }]
}
