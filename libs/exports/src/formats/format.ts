import type { Column } from '#core'

export const formatNames = ['csv', 'json', 'ndjson', 'xlsx'] as const
export type FormatName = (typeof formatNames)[number]

/** How a file is to look. */
export interface RenderOptions {
  columns: readonly Column[]
  /**
   * IANA zone of times. Text formats: absent or `UTC` gives `…Z`, another zone local time with its
   * offset. xlsx: real local dates, the zone named in the header.
   */
  timeZone?: string
  /** `raw` leaves the formula guard off. */
  csv?: { profile: 'machine' | 'excel-es'; raw: boolean }
}

/** Counted while rows pass. */
export interface RenderStats {
  rows: number
  /** Cells of a spreadsheet that were cut to 32,767 characters. */
  truncatedCells: number
}

/** One file format. */
export interface FileFormat {
  readonly name: FormatName
  readonly extension: string
  readonly contentType: string
  /** Whether metadata is spread over columns or kept as an object. */
  readonly shape: 'flat' | 'nested'
  /** Whether gzip may be asked for. */
  readonly compressible: boolean
  /**
   * Renders the bytes of a binary COPY to the bytes of the file. A yielded chunk is valid only until
   * the next one is asked for.
   *
   * @throws CopyFormatError for a malformed or truncated source
   */
  render(source: AsyncIterable<Buffer>, options: RenderOptions, stats: RenderStats): AsyncGenerator<Buffer>
}
