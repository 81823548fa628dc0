import { randomBytes } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startGuarded } from '../lifetime/guarded-server.js'
import { handOver } from '../run-as.js'
import type { RunAs } from '../run-as.js'
import type { PostgresBinaries } from './binaries.js'
import { ENVIRONMENT } from './settings.js'

export const SUPERUSER = 'postgres'

/** Kept inside the data directory, which only its owner may enter: neither is of use without the other. */
const PASSWORD_FILE = 'superuser.password'

export interface DataDirOptions {
  readonly dataDir: string
  readonly binaries: PostgresBinaries
  readonly runAs: RunAs
  readonly log: string
}

/**
 * Makes the data directory if there is none, and hands it to the identity.
 * @returns the superuser's password
 * @throws Error if the folder holds something else, or data of another major version
 */
export async function ensureDataDir(options: DataDirOptions): Promise<string> {
  const { dataDir, binaries, runAs } = options
  const entries = await readdir(dataDir).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  if (entries.length === 0) await initialise(options)
  else await assertVersion(dataDir, entries, binaries.major)
  await handOver(runAs, dataDir)
  return readFile(join(dataDir, PASSWORD_FILE), 'utf8')
}

async function assertVersion(dataDir: string, entries: string[], major: string): Promise<void> {
  if (!entries.includes('PG_VERSION') || !entries.includes(PASSWORD_FILE)) {
    throw new Error(`${dataDir} is not empty and was not made by Leadferry: move it away`)
  }
  const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim()
  if (version === major) return
  throw new Error(
    `${dataDir} was made by PostgreSQL ${version}, and this is PostgreSQL ${major}: ` +
      'remove it to start anew, or go back to the release that made it',
  )
}

/** Under another name until it is whole, so that a start that was killed halfway leaves nothing that looks finished. */
async function initialise({ dataDir, binaries, runAs, log }: DataDirOptions): Promise<void> {
  const scratch = `${dataDir}.init`
  const [data, password] = [join(scratch, 'data'), join(scratch, 'password')]
  await rm(scratch, { recursive: true, force: true })
  await mkdir(data, { recursive: true, mode: 0o700 })
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await handOver(runAs, scratch)
  const initdb = await startGuarded({
    command: [binaries.initdb, ...initArguments(data, password)],
    prefix: runAs.prefix,
    ids: runAs.ids,
    env: ENVIRONMENT,
    stop: [],
    orphanSignal: 'SIGKILL',
    log,
  })
  const how = await initdb.exited
  if (how !== 'exited with code 0') throw new Error(`initdb ${how}, see ${log}`)
  await rename(password, join(data, PASSWORD_FILE))
  await rename(data, dataDir)
  await rm(scratch, { recursive: true })
}

function initArguments(data: string, password: string): string[] {
  // The builtin provider sorts by code point and knows Unicode's letters, the same on every machine.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['--auth=scram-sha-256', `--username=${SUPERUSER}`, `--pwfile=${password}`]
  return [`--pgdata=${data}`, ...locale, ...access, '--no-instructions']
}
