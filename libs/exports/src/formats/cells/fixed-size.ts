import { CopyFormatError } from '../../pipeline/copy-tuples.js'

/** A query that selects another type than its column declares must not be rendered as garbage. */
export function expectSize(type: string, size: number, start: number, end: number): void {
  if (end - start !== size) throw new CopyFormatError(`${end - start} bytes where ${type} has ${size}`)
}
