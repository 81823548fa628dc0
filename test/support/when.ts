import { existsSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'

/** `it` where the machine has what a test needs; elsewhere a skip that carries its reason into the summary. */
export const itWhen =
  (possible: boolean, reason: string) =>
  (name: string, test: () => Promise<void>): void =>
    possible ? it(name, test) : it.skip(`${name} (${reason})`, test)

/** The same for `describe`. */
export const describeWhen =
  (possible: boolean, reason: string) =>
  (name: string, tests: () => void): void =>
    possible ? describe(name, tests) : describe.skip(`${name} (${reason})`, tests)

/**
 * Whether there is such a file, by its path, or such a command, by its name. What `.ci/run` installs is to be there in CI:
 * this says so, and what needs it fails where it is missing, rather than being skipped.
 */
export function isHere(file: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const places = file.includes('/') ? [file] : folders.map((folder) => resolve(folder, file))
  return process.env['CI'] !== undefined || places.some((place) => existsSync(place))
}
