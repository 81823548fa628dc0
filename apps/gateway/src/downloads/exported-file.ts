import { AppError } from '#core'
import type { Export } from '#exports'
import type { LinkedFile } from './file-links.js'

/** Whether the file's time is over, even where no janitor has come by yet. */
export const isOver = (
  { state, expiresAt }: Pick<Export, 'state' | 'expiresAt'>,
  now = new Date(),
): boolean => state === 'expired' || (state === 'completed' && expiresAt !== null && expiresAt <= now)

/**
 * The file of an export.
 * @throws AppError 410 when its time is over, 409 when it has none (yet)
 */
export function exportedFile(found: Export): LinkedFile {
  if (isOver(found)) throw new AppError('GONE', { field: 'id', message: 'The file has expired' })
  const { state, workspaceId, objectKey, archiveName: name, expiresAt } = found
  if (state !== 'completed' || objectKey === null || name === null) {
    throw new AppError('CONFLICT', { field: 'id', message: `The export is ${state}: it has no file` })
  }
  return { workspaceId, objectKey, name, expiresAt }
}
