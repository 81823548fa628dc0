import { invalid } from '#core'
import type { ExportRequest } from '#exports'
import { type Dataset, type DatasetFilter, type ExportableDataset, exportableDatasets } from '#leads'
import type { NamedFilter } from './filter-resolver.js'
import type { NewExportBody } from './new-export.schema.js'

const common = ['chatbotId', 'account', 'accountId', 'startDate', 'endDate'] as const
/** What each dataset can be filtered by. */
const filterFields: Record<ExportableDataset, readonly (keyof NamedFilter)[]> = {
  leads: [...common, 'status', 'source', 'email'],
  records: [...common, 'bot', 'funnel', 'funnelGroup'],
}

/**
 * Checks what the schema can't say of one field alone.
 * @returns the dataset, known to be one that can be exported
 * @throws AppError 400 that names the field
 */
export function exportableDataset({ dataset, format, filter, csv }: NewExportBody): ExportableDataset {
  if (!isExportable(dataset)) {
    throw invalid('dataset', `Is not yet exportable: ${exportableDatasets.join(' and ')} are`, dataset)
  }
  const known: readonly string[] = filterFields[dataset]
  const alien = Object.keys(filter).find((field) => !known.includes(field))
  if (alien !== undefined) throw invalid(`filter.${alien}`, `Is not a field of ${dataset}`)
  if (csv !== undefined && format !== 'csv') throw invalid('csv', `Goes with format csv, not ${format}`)
  return dataset
}

const isExportable = (dataset: Dataset): dataset is ExportableDataset =>
  (exportableDatasets as readonly Dataset[]).includes(dataset)

/** What the exports service is asked for: every POST is an export of its own. */
export const exportRequest = (
  body: NewExportBody,
  dataset: ExportableDataset,
  filter: DatasetFilter,
): ExportRequest => ({
  dataset,
  format: body.format,
  gzip: body.gzip,
  filter,
  columns: body.columns,
  timeZone: body.timeZone,
  csv: body.csv ?? { profile: 'machine', raw: false },
  recipient: body.recipient,
  joinInFlight: false,
})
