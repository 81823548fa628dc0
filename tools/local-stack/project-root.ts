import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The project's root folder: the nearest one above the running script, else above the working folder, whose
 * package.json is Leadferry's. Found by walking, since these files run compiled below `dist/` and, under Jest, from source.
 */
export function projectRoot(): string {
  const starts = [process.argv[1], process.cwd()].filter((start) => start !== undefined)
  for (const start of starts) {
    for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
      if (isRoot(folder)) return folder
    }
  }
  throw new Error(
    'cannot find the project: no package.json named "leadferry" above the script or the working folder',
  )
}

/** A compiled module of the project by its path from the root, such as `tools/local-stack/lifetime/guard.js`. */
export function compiled(module: string): string {
  const file = join(projectRoot(), 'dist', module)
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build" first`)
  return file
}

function isRoot(folder: string): boolean {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) return false
  const parsed = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }
  return parsed.name === 'leadferry'
}
