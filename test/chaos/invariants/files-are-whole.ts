import { createHash } from 'node:crypto'
import type pg from 'pg'
import { Bucket } from './bucket.js'
import { type DatasetRows, datasetRows, expectedRows, placesOf } from './dataset-rows.js'
import type { Evidence, Finding, Invariant } from './evidence.js'
import { groupBy } from './group-by.js'
import { everyExportOf, type JudgedExport } from './judged-export.js'
import { type FileRow, readFile } from './read-file.js'

const name = 'files-are-whole'
/** The workspace whose leads all have the same `version` in their metadata at any time. */
const VERSIONS = 'versions'

/**
 * A completed export has one file, which is as the index says, byte for byte, can be read, and holds the rows that it
 * should hold: those of its workspace that match its filter and were there when it was accepted, all of one moment.
 */
export const filesAreWhole: Invariant = { name, check }

async function check(evidence: Evidence): Promise<Finding[]> {
  const completed = (await everyExportOf(evidence)).filter(({ state }) => state === 'completed')
  const bucket = new Bucket(evidence.store)
  const findings: Finding[] = []
  try {
    // One file in memory at a time.
    for (const export_ of completed) {
      for (const says of await complaints(export_, bucket, evidence.superuser))
        findings.push({ invariant: name, exportId: export_.id, says })
    }
  } finally {
    bucket.close()
  }
  return findings
}

async function complaints(export_: JudgedExport, bucket: Bucket, superuser: pg.Pool): Promise<string[]> {
  const [indexed] = export_.files
  if (indexed === undefined || export_.files.length > 1)
    return [`${export_.files.length} rows are in the archive index, not one`]
  const says = (['rows', 'bytes', 'sha256', 'objectKey'] as const)
    .filter((field) => indexed[field] !== export_[field])
    .map((field) => `the index says ${field} ${indexed[field]}, the export ${export_[field]}`)
  const bytes = await bucket.read(indexed.objectKey)
  if (bytes === null) return [...says, `its object is not there: ${indexed.objectKey}`]
  if (String(bytes.length) !== indexed.bytes)
    says.push(`its object has ${bytes.length} bytes, the index says ${indexed.bytes}`)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (sha256 !== indexed.sha256)
    says.push(`its object's checksum is ${sha256}, the index says ${indexed.sha256}`)
  const dataset = datasetRows[export_.dataset]
  if (dataset === undefined) return [...says, `nothing is known of the dataset ${export_.dataset}`]
  const rows = await rowsOf(bytes, export_, dataset)
  if (typeof rows === 'string') return [...says, rows]
  if (String(rows.length) !== indexed.rows)
    says.push(`its file has ${rows.length} rows, the index says ${indexed.rows}`)
  return [...says, ...(await wrongRows(rows, export_, dataset, superuser)), ...wrongVersions(rows, export_)]
}

/** @returns the file's rows, or why it can't be read */
async function rowsOf(
  bytes: Buffer,
  export_: JudgedExport,
  dataset: DatasetRows,
): Promise<FileRow[] | string> {
  const { format, gzip, options } = export_
  const flat = format === 'csv' || format === 'xlsx'
  try {
    return await readFile(bytes, {
      format,
      gzip,
      delimiter: options.csv.profile === 'excel-es' ? ';' : ',',
      columns: [dataset.idColumn, dataset.placeColumn, flat ? 'metadata.version' : 'metadata'],
    })
  } catch (error) {
    return `its file is no ${gzip ? 'gzipped ' : ''}${format}: ${error instanceof Error ? error.message : String(error)}`
  }
}

async function wrongRows(
  rows: FileRow[],
  export_: JudgedExport,
  dataset: DatasetRows,
  superuser: pg.Pool,
): Promise<string[]> {
  const { ids: expected, onTheWay } = await expectedRows(superuser, export_.id, dataset, export_.filter)
  const only = export_.options.columns.only
  const says: string[] = []
  if (only?.includes(dataset.placeColumn) !== false) {
    const places = await placesOf(superuser, export_.workspaceId)
    const foreign = rows.filter(([, place]) => typeof place !== 'string' || !places.has(place))
    if (foreign.length > 0)
      says.push(`nothing of another tenant: ${foreign.length} rows are of no account of its workspace`)
  }
  if (only?.includes(dataset.idColumn) === false) {
    if (rows.length !== expected.length)
      says.push(`its file has ${rows.length} rows, the database ${expected.length}`)
    return says
  }
  const unguarded = (id: unknown) =>
    export_.format === 'csv' ? String(id).replace(/^'(?=[=+\-@＝＋－＠\t\r\n])/, '') : String(id)
  const found = rows.map(([id]) => unguarded(id))
  const { missing: absent, extra } = difference(expected, found)
  const mayBeAbsent = new Set(onTheWay)
  const missing = absent.filter((id) => !mayBeAbsent.has(id))
  if (missing.length > 0)
    says.push(
      `${missing.length} of the ${expected.length} rows it should have are missing, e.g. ${missing[0]}`,
    )
  if (extra.length > 0)
    says.push(
      `${extra.length} of its ${rows.length} rows should not be in it or are in it twice, e.g. ${extra[0]}`,
    )
  return says
}

/** What one has more often than the other, both ways. */
function difference(expected: string[], found: string[]): { missing: string[]; extra: string[] } {
  const left = new Map<string, number>()
  for (const id of expected) left.set(id, (left.get(id) ?? 0) + 1)
  const extra = found.filter((id) => {
    const count = left.get(id) ?? 0
    left.set(id, count - 1)
    return count <= 0
  })
  return { missing: [...left].flatMap(([id, count]) => Array<string>(Math.max(0, count)).fill(id)), extra }
}

/** All leads get a new version in one statement, so a file that shows two is not of one moment. */
function wrongVersions(rows: FileRow[], { workspace, dataset, options }: JudgedExport): string[] {
  const only = options.columns.only
  const told = only?.some((column) => ['metadata', 'metadata.version'].includes(column)) !== false
  if (workspace !== VERSIONS || dataset !== 'leads' || !told || rows.length === 0) return []
  const counts = groupBy(rows, ([, , version]) => versionIn(version))
  if (counts.size === 1 && !counts.has('none')) return []
  const figures = [...counts].map(([version, { length }]) => `${length} rows of version ${version}`)
  return [`its rows are not of one moment: ${figures.slice(0, 5).join(', ')}`]
}

/** @param value a cell of its own in flat formats, the metadata whole in others */
function versionIn(value: unknown): string {
  const version: unknown =
    typeof value === 'object' && value !== null ? (value as { version?: unknown }).version : value
  return typeof version === 'string' || typeof version === 'number' ? String(version) : 'none'
}
