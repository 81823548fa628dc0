import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** redis-server is a link into redis-tools; the other two are libraries that Debian's build needs. */
const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1']
const DOWNLOAD_WITHIN_MS = 120_000

export interface ExtractedRedis {
  readonly path: string
  readonly libraryPath: string
}

/**
 * The distribution's Redis, unpacked into a folder of the project: nothing is installed and nobody need be root.
 * @throws Error on a system without apt, without these packages or without network
 */
export async function extractRedis(cache: string): Promise<ExtractedRedis> {
  const unpacked = join(cache, 'root')
  if (!existsSync(unpacked)) await fill(cache, unpacked)
  return { path: join(unpacked, 'usr/bin/redis-server'), libraryPath: await libraryPathOf(unpacked) }
}

/** In a folder of its own until it is whole: tests that run side by side may all be the first. */
async function fill(cache: string, unpacked: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const scratch = await mkdtemp(join(cache, 'partial-'))
  try {
    await mkdir(join(scratch, 'packages'))
    await download(scratch)
    await unpack(scratch)
    await rename(join(scratch, 'root'), unpacked)
  } catch (error) {
    if (!existsSync(unpacked)) throw error
  } finally {
    await rm(scratch, { recursive: true })
  }
}

/** The system's package lists serve as they are; where there are none (as in slim images), lists of our own are fetched. */
async function download(scratch: string): Promise<void> {
  const packages = join(scratch, 'packages')
  const apt = (words: string[]) => run('apt-get', words, { cwd: packages, timeout: DOWNLOAD_WITHIN_MS })
  try {
    await apt(['download', ...PACKAGES])
  } catch {
    const own = await ownAptFolders(scratch)
    await apt([...own, 'update'])
    await apt([...own, 'download', ...PACKAGES])
  }
}

/** apt wants a `partial` folder in each; as root it would otherwise switch to a user who may not enter the project. */
async function ownAptFolders(scratch: string): Promise<string[]> {
  const folders = { 'Dir::State::lists': 'lists', 'Dir::Cache::archives': 'archives' }
  const options = [
    '-o',
    'APT::Sandbox::User=root',
    '-o',
    'Dir::Cache::pkgcache=',
    '-o',
    'Dir::Cache::srcpkgcache=',
  ]
  for (const [option, name] of Object.entries(folders)) {
    await mkdir(join(scratch, name, 'partial'), { recursive: true })
    options.push('-o', `${option}=${join(scratch, name)}`)
  }
  return options
}

async function unpack(scratch: string): Promise<void> {
  for (const file of await readdir(join(scratch, 'packages'))) {
    if (file.endsWith('.deb'))
      await run('dpkg-deb', ['-x', join(scratch, 'packages', file), join(scratch, 'root')])
  }
}

/** Debian keeps libraries in a folder named after the machine, such as `usr/lib/x86_64-linux-gnu`. */
async function libraryPathOf(unpacked: string): Promise<string> {
  const folder = join(unpacked, 'usr/lib')
  const triplet = (await readdir(folder)).find((name) => name.includes('-linux-'))
  if (!triplet) throw new Error(`no libraries in ${folder}`)
  return join(folder, triplet)
}
