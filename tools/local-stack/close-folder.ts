import { chmod, lstat, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Makes a folder that only its owner enters. In one that an earlier release left open, everything below is closed
 * first, so that a start that is killed halfway does it again.
 *
 * @param except names right below the folder that look after themselves
 */
export async function closeFolder(folder: string, except: readonly string[] = []): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (isClosed((await lstat(folder)).mode)) return
  for (const name of await readdir(folder)) if (!except.includes(name)) await closeBelow(join(folder, name))
  await chmod(folder, 0o700)
}

async function closeBelow(path: string): Promise<void> {
  const found = await lstat(path)
  // A link's mode is of no use, and what it points at is not ours.
  if (found.isSymbolicLink()) return
  if (found.isDirectory()) for (const name of await readdir(path)) await closeBelow(join(path, name))
  if (!isClosed(found.mode)) await chmod(path, found.isDirectory() ? 0o700 : 0o600)
}

const isClosed = (mode: number): boolean => (mode & 0o077) === 0
