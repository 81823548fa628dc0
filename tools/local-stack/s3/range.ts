import { S3Error } from './errors.js'

/** First and last byte, both inclusive. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * @param header the value of Range
 * @returns undefined for what RFC 9110 lets a server ignore: another unit, nonsense, more than one range
 * @throws S3Error InvalidRange when no byte of the object is in it
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  const start = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start > end) throw new S3Error('InvalidRange', undefined, { ActualObjectSize: String(size) })
  return { start, end }
}
