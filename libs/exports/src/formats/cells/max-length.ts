import type { ColumnType } from '#core'
import { MAX_ISO_LENGTH } from './iso-time.js'
import { MAX_NUMERIC_LENGTH } from './numeric.js'

/** The most bytes a cell of a type takes without quotes, but for texts, whose own length counts: for them 0. */
export function maxLength(type: ColumnType): number {
  switch (type) {
    case 'text':
    case 'jsonb':
      return 0
    case 'int8':
    case 'int4':
    case 'float8':
    case 'bool':
      return 25
    case 'timestamptz':
    case 'date':
      return MAX_ISO_LENGTH
    case 'uuid':
      return 36
    case 'numeric':
      return MAX_NUMERIC_LENGTH
  }
}
