import type { ExportRequest } from '#exports'
import type { DatasetFilter } from '#leads'
import type { Locale } from '#tenancy'
import type { LeadExportQuery } from './lead-export.schema.js'

/** The seed's sentence, and its English. */
export const exportMessages: Record<Locale, string> = {
  es: 'Te enviaremos un email en cuanto se termine de procesar el listado',
  en: 'We will send you an email as soon as the list has been processed',
}

/**
 * Chat-Tonic's export: the records of a funnel group, each joined to its lead. It is a GET, so a
 * client that asks again while one is in flight means the same export.
 */
export const leadExportRequest = (
  format: LeadExportQuery['exportType'],
  filter: DatasetFilter,
): ExportRequest => ({
  dataset: 'records',
  format,
  gzip: false,
  filter,
  csv: { profile: 'machine', raw: false },
  joinInFlight: true,
})
