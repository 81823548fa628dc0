import type { Column, ColumnType } from '#core'
import type { FileFormat, RenderOptions, RenderStats } from '../format.js'
import { encodeCopy, type Field } from './copy-encoder.js'

/** Yields `bytes` in chunks that break at the given offsets; each is overwritten once it was read, as a source's may be. */
export async function* brokenAt(bytes: Buffer, offsets: readonly number[]): AsyncGenerator<Buffer> {
  let from = 0
  for (const to of [...offsets, bytes.length]) {
    const chunk = Buffer.from(bytes.subarray(from, to))
    yield await Promise.resolve(chunk)
    chunk.fill(0xaa)
    from = to
  }
}

/** Yields `bytes` in chunks of `size`; all in one buffer that is used over and over, as a source may. */
export async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  const chunk = Buffer.alloc(size)
  for (let from = 0; from < bytes.length; from += size) {
    const length = bytes.copy(chunk, 0, from)
    yield await Promise.resolve(chunk.subarray(0, length))
    chunk.fill(0xaa)
  }
}

/** Everything a generator yields, copied at once since the next chunk may reuse the buffer. */
export async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const copies: Buffer[] = []
  for await (const chunk of chunks) copies.push(Buffer.from(chunk))
  return Buffer.concat(copies)
}

export const newStats = (): RenderStats => ({ rows: 0, truncatedCells: 0 })

export interface Rendered {
  file: Buffer
  stats: RenderStats
}

/** Renders a binary COPY that comes in chunks of 64 KB. */
export async function render(format: FileFormat, copy: Buffer, options: RenderOptions): Promise<Rendered> {
  const stats = newStats()
  const file = await collect(format.render(inChunks(copy, 65_536), options, stats))
  return { file, stats }
}

/** Renders one column of the given type. */
export async function renderColumn(
  format: FileFormat,
  column: ColumnType | Column,
  fields: readonly Field[],
  options: Omit<RenderOptions, 'columns'> = {},
): Promise<Rendered> {
  const columns = [typeof column === 'string' ? { name: 'c', type: column } : column]
  const copy = encodeCopy(
    columns.map(({ type }) => type),
    fields.map((field) => [field]),
  )
  return render(format, copy, { columns, ...options })
}
