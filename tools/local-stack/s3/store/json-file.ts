import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const temporary = '.tmp'

/**
 * Replaces a file in one step. Synchronous on purpose: what a caller checked in memory just before still holds
 * when the file is there, so preconditions need no locks.
 */
export function saveJson(path: string, value: unknown): void {
  writeFileSync(path + temporary, JSON.stringify(value), { mode: 0o600 })
  renameSync(path + temporary, path)
}

/** The values of all JSON files of a folder; what a killed process left half-written is removed. */
export function loadJsonFiles<T>(folder: string): T[] {
  const values: T[] = []
  for (const name of readdirSync(folder)) {
    if (name.endsWith(temporary)) rmSync(join(folder, name))
    else if (name.endsWith('.json')) values.push(JSON.parse(readFileSync(join(folder, name), 'utf8')) as T)
  }
  return values
}
