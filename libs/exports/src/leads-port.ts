/**
 * The one arrow between features (DESIGN section 1): exports read leads, and only through what is
 * named here.
 */
export {
  accountsWithRows,
  type ColumnChoice,
  columnNames,
  type Dataset,
  type DatasetFilter,
  type DatasetQuery,
  datasetQuery,
  knownExtraKeys,
  type RowsByAccount,
  rowsByAccount,
} from '#leads'
