import { invalid } from '#core'
import type { ExportRequest } from '#exports'
import type { DatasetFilter } from '#leads'
import { filterFields } from './filter-fields.js'
import type { NewExportBody } from './new-export.schema.js'

/**
 * Checks what the schema can't say of one field alone.
 * @throws AppError 400 that names the field
 */
export function assertFits({ dataset, format, filter, csv }: NewExportBody): void {
  const alien = Object.keys(filter).find((field) => !Object.hasOwn(filterFields[dataset], field))
  if (alien !== undefined) throw invalid(`filter.${alien}`, `Is not a field of ${dataset}`)
  if (csv !== undefined && format !== 'csv') throw invalid('csv', `Goes with format csv, not ${format}`)
}

/** What the exports service is asked for: every POST is an export of its own. */
export const exportRequest = (body: NewExportBody, filter: DatasetFilter): ExportRequest => ({
  dataset: body.dataset,
  format: body.format,
  gzip: body.gzip,
  filter,
  columns: body.columns,
  timeZone: body.timeZone,
  csv: body.csv ?? { profile: 'machine', raw: false },
  recipient: body.recipient,
  joinInFlight: false,
})
