import { entityColumns } from '#core'
import { Export } from './export.entity.js'

/** Index: exports_pkey. $1 its id. Clients ask for it again and again until the export is done. */
export const exportById = {
  name: 'export-by-id',
  text: `SELECT ${entityColumns(Export)} FROM exports WHERE id = $1`,
}

/** Index: exports_newest. $1 how many, $2 how many to skip. */
const newest = (where: string): string => `
  SELECT ${entityColumns(Export)}, accepted_at::text AS position FROM exports ${where}
  ORDER BY accepted_at DESC, id DESC LIMIT $1 OFFSET $2`

export const newestExports = { name: 'exports-newest', text: newest('') }
/** Those after an export: $3 its time, $4 its id. */
export const exportsAfter = {
  name: 'exports-after',
  text: newest('WHERE (accepted_at, id) < ($3::timestamptz, $4)'),
}
