/** A folder or a file of one level. `complete` is the whole path; a folder's ends in a slash. */
export interface ArchiveEntry {
  /** The last segment, without a slash. */
  prefix: string
  complete: string
  /** Of a file: bytes, rows and its day. */
  size?: number
  rows?: number
  date?: string
}

/** What a level's query tells of an entry. */
export interface LevelRow {
  name: string
  size: string
  rows: string
  day: string
  /** Where the entry's own name ends in a slash, counted from 1; 0 for a file. */
  slash: number
}

/** @param prefix the level's folder, with its slash */
export function entryOf(row: LevelRow, prefix: string): ArchiveEntry {
  if (row.slash === 0) {
    const { size, rows, day: date } = row
    return {
      prefix: row.name.slice(prefix.length),
      complete: row.name,
      size: Number(size),
      rows: Number(rows),
      date,
    }
  }
  const segment = row.name.slice(prefix.length, prefix.length + row.slash - 1)
  return { prefix: segment, complete: `${prefix}${segment}/` }
}
