import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface PidFile {
  readonly pid: number
  /** `starting`, `stopping`, `ready` or `standby`. */
  readonly status: string
}

export function pidFilePath(dataDir: string): string {
  return join(dataDir, 'postmaster.pid')
}

/** A server's own note in its data directory; lines as in PostgreSQL's `miscadmin.h` (LOCK_FILE_LINE_*). */
export async function readPidFile(dataDir: string): Promise<PidFile | undefined> {
  const text = await readFile(pidFilePath(dataDir), 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new Error(`cannot read ${dataDir} (${code}): start as the user who made it, or remove it`)
  })
  if (text === undefined) return undefined
  const lines = text.split('\n')
  return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' }
}
