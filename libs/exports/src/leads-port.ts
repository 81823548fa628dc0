/**
 * The one arrow between features (DESIGN section 1): exports read leads, and only through what is
 * named here.
 */
export {
  type ColumnChoice,
  columnNames,
  type DatasetFilter,
  type DatasetQuery,
  datasetQuery,
  type ExportableDataset,
  exportableDatasets,
  knownExtraKeys,
} from '#leads'
