import { entityColumns, type NamedQuery, newExportId, traceparent } from '#core'
import { Export } from './export.entity.js'

/** What an export is accepted with; the rest are the table's defaults. */
export type NewExport = Pick<
  Export,
  | 'workspaceId'
  | 'apiKeyId'
  | 'dataset'
  | 'format'
  | 'gzip'
  | 'filter'
  | 'options'
  | 'requestHash'
  | 'recipientName'
  | 'recipientEmail'
  | 'locale'
>

/**
 * Writes the export, or finds the same that is in flight, and answers its row; no row where as many wait as may.
 * Indexes: exports_in_flight, exports_due.
 */
export const acceptExport = (asked: NewExport, joinInFlight: boolean): NamedQuery => ({
  name: 'accept-export',
  text: ACCEPT,
  values: [JSON.stringify(rowOf(asked)), String(joinInFlight)],
})

const ACCEPT = `SELECT ${entityColumns(Export)} FROM accept_export($1::jsonb, $2::boolean)`

const rowOf = (asked: NewExport) => ({
  id: newExportId(),
  workspace_id: asked.workspaceId,
  api_key_id: asked.apiKeyId,
  dataset: asked.dataset,
  format: asked.format,
  gzip: asked.gzip,
  filter: asked.filter,
  options: asked.options,
  request_hash: asked.requestHash,
  recipient_name: asked.recipientName,
  recipient_email: asked.recipientEmail,
  locale: asked.locale,
  traceparent: traceparent(),
})
