import type { Config } from '#core'
import { downloadToken, type Export, type FailureReason } from '#exports'
import type { ExportResource } from './export-resource.schema.js'

const reasons: Record<FailureReason, string> = {
  storage_unavailable: 'The storage could not be reached',
  storage_refused: 'The storage takes no files: access is denied, or it is full',
  database_unavailable: 'The database could not be reached',
  timed_out: 'It took longer than it may',
  too_large: 'The file would be larger than the storage takes',
  worker_lost: 'The worker that rendered it was lost',
  internal_error: 'Something went wrong on our side',
}

type Links = Pick<Config, 'PUBLIC_URL' | 'APP_SECRET'>

/** Where an export's state is told. */
export const statusPath = (id: string): string => `/api/v1/exports/${id}`
export const statusUrl = ({ PUBLIC_URL }: Links, id: string): string => PUBLIC_URL + statusPath(id)

/** An export as every answer shows it. */
export const exportResource = (found: Export, links: Links): ExportResource => ({
  id: found.id,
  state: found.state,
  dataset: found.dataset,
  format: found.format,
  gzip: found.gzip,
  rows: Number(found.rowsDone),
  bytes: found.bytes === null ? null : Number(found.bytes),
  attempt: found.epoch,
  error: found.reason === null ? null : { code: found.reason, message: reasons[found.reason] },
  nextAttemptAt: found.state === 'queued' && found.reason !== null ? iso(found.notBefore) : null,
  sha256: found.sha256,
  acceptedAt: found.acceptedAt.toISOString(),
  startedAt: iso(found.startedAt),
  snapshotAt: iso(found.snapshotAt),
  finishedAt: iso(found.finishedAt),
  expiresAt: iso(found.expiresAt),
  truncatedCells: Number(found.truncatedCells),
  recipient: found.recipientEmail,
  archiveName: found.archiveName,
  downloadUrl: found.state === 'completed' ? downloadUrl(found, links) : null,
  statusUrl: statusUrl(links, found.id),
})

const iso = (time: Date | null): string | null => time?.toISOString() ?? null

const downloadUrl = ({ id, linkVersion }: Export, { PUBLIC_URL, APP_SECRET }: Links): string =>
  `${PUBLIC_URL}/d/${downloadToken(APP_SECRET, id, linkVersion)}`
