import { quote } from '#core'
import { conditionsOf, type Dataset, type DatasetFilter, literal } from '../filter.js'
import { type ColumnChoice, type DatasetQuery, definitions, selectWhere } from './query.js'

/** What is asked for of every account alike. */
export type TimeRange = Pick<DatasetFilter, 'from' | 'to'>

/** A dataset that is of accounts. @throws Error for one that can't be filtered by them */
function accountDefinition(dataset: Dataset) {
  const definition = definitions[dataset]
  const { accountId } = definition.filters
  if (accountId === undefined) throw new Error(`the dataset ${dataset} is not of accounts`)
  return { ...definition, accountId }
}

/**
 * Which accounts have rows, in the order of their ids: $1 is the id after which to begin, $2 how many at most. Each account
 * is looked up in the index that begins with it, so this costs the same whether few accounts have rows or all, and however
 * many rows each has. Indexes: accounts_workspace_id_id_key; interactions_account_time, leads_account_newest,
 * message_users_account_newest, messages_account_time.
 */
export function accountsWithRows(dataset: Dataset, range: TimeRange): string {
  const { table, accountId, filters } = accountDefinition(dataset)
  // LIMIT keeps PostgreSQL from reading all rows of the range to compare them with the accounts.
  return `
    SELECT a.id, a.slug, a.platform FROM accounts a CROSS JOIN LATERAL (
      SELECT FROM ${table} WHERE ${accountId} = a.id AND ${literal(conditionsOf(filters, range))} LIMIT 1
    ) has_rows
    WHERE a.id > $1 ORDER BY a.id LIMIT $2`
}

/** The rows of several accounts, one account after the other. */
export interface RowsByAccount extends DatasetQuery {
  /** Which column has the account's id. */
  accountAt: number
}

/** The queries of flat exports of each account in one, in the order given. */
export function rowsByAccount(
  dataset: Dataset,
  range: TimeRange,
  choice: ColumnChoice,
  accounts: readonly string[],
): RowsByAccount {
  const { columns, accountId, filters } = accountDefinition(dataset)
  const where = `${accountId} = a.id AND ${literal(conditionsOf(filters, range))}`
  const { sql, columns: selected } = selectWhere(dataset, 'flat', choice, where)
  // Each account's rows come out of its index in their order: to sort those of all would need memory, or a disk.
  const ids = accounts.map(quote).join(', ')
  return {
    sql: `SELECT r.* FROM unnest(ARRAY[${ids}]::text[]) a(id) CROSS JOIN LATERAL (${sql}) r`,
    columns: selected,
    accountAt: columns.findIndex((column) => column.sql === accountId),
  }
}
