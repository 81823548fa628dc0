import type { Column } from '#core'
import type { Literal } from './arbitraries.js'

/** Spreadsheets keep 15 digits of a number. */
const EXACT_DIGITS = 15
/** Beyond, a double may be too small for them. */
const LONGEST_NUMBER = 300

/**
 * What a reader finds in a cell of a workbook whose times are UTC: a text, a number, a boolean, a Date, or null for no cell.
 * An empty text is null too: readers do not tell the two apart.
 *
 * @param text of the value, as PostgreSQL tells it
 */
export function asXlsxShows({ type, role }: Column, text: Literal): string | number | boolean | Date | null {
  if (text === null) return null
  switch (type) {
    case 'bool':
      return text === 'true'
    case 'int4':
    case 'int8':
    case 'numeric':
      return role === undefined && isExact(text) ? Number(text) : text
    case 'float8':
      return /^-?\d/.test(text) ? Number(text) : text
    case 'timestamptz':
    case 'date':
      return text >= '1900-03-01' && text <= '9999-12-31T24' ? new Date(text) : text
    case 'text':
    case 'jsonb':
    case 'uuid':
      return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '') || null
  }
}

/** Whether a spreadsheet's double gives these digits back. */
function isExact(text: string): boolean {
  const [, whole = '', fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  const significant = (whole + fraction.replace(/0+$/, '')).replace(/^0+/, '')
  return whole !== '' && text.length <= LONGEST_NUMBER && significant.length <= EXACT_DIGITS
}
