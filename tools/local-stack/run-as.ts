import { execFile } from 'node:child_process'
import { chmod, chown, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from './project-root.js'

const run = promisify(execFile)

export interface Ids {
  readonly uid: number
  readonly gid: number
}

/** The identity a server runs under. PostgreSQL refuses to be root, so root has to become someone else for it. */
export interface RunAs {
  /** For messages. */
  readonly name: string
  /** Words that go before the command line. */
  readonly prefix: readonly string[]
  /** For spawn; absent: whoever this process is. */
  readonly ids?: Ids
  /** Who must own the server's files, as this process sees them; absent: whoever made them. */
  readonly owner?: Ids
}

const AS_IS: RunAs = { name: 'the current user', prefix: [] }

/**
 * Root under another name: a user namespace that shows uid 0 as 1000. It keeps root's way into folders that root owns,
 * which is what a project below a 0700 home needs.
 */
const NAMESPACE: RunAs = {
  name: 'root in a user namespace',
  prefix: ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'],
  owner: { uid: 0, gid: 0 },
}

/**
 * The first identity that is not root and reaches both the binary and the folder the data directory stands in.
 * @throws Error that says what was tried and what to do
 */
export async function chooseRunAs(binary: string, dataDir: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return AS_IS
  const candidates = [await ownerOfProject(), await user('postgres'), await user('nobody'), NAMESPACE].filter(
    (candidate) => candidate !== undefined,
  )
  for (const candidate of candidates) {
    if (await reaches(candidate, binary, dirname(dataDir))) return candidate
  }
  for (const candidate of candidates) {
    if (await reachesByGroup(candidate, binary, dirname(dataDir))) return candidate
  }
  const tried = candidates.map((candidate) => candidate.name).join(', ')
  throw new Error(
    `PostgreSQL refuses to run as root, and none of these reaches ${binary} and ${dirname(dataDir)}: ${tried}. ` +
      'Start as a normal user, move the project to a folder others may enter, or set DATABASE_URL to a PostgreSQL of yours',
  )
}

/** Makes the identity the owner of a folder and all below it. */
export async function handOver(runAs: RunAs, folder: string): Promise<void> {
  if (!runAs.owner) return
  const { uid, gid } = runAs.owner
  if ((await stat(folder)).uid === uid) return
  await run('chown', ['-R', `${uid}:${gid}`, folder])
}

/** Root in a user's checkout (sudo): the user, so that the data stays theirs. */
async function ownerOfProject(): Promise<RunAs | undefined> {
  const { uid, gid } = await stat(projectRoot())
  return uid === 0 ? undefined : asIds(`uid ${uid}`, { uid, gid })
}

async function user(name: string): Promise<RunAs | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    )
    return uid && gid ? asIds(`user ${name}`, { uid, gid }) : undefined
  } catch {
    return undefined
  }
}

function asIds(name: string, ids: Ids): RunAs {
  return { name, prefix: [], ids, owner: ids }
}

/** Lets the group of the identity pass through root's closed folder, and nobody else: it is closed again when that is no help. */
async function reachesByGroup(runAs: RunAs, binary: string, folder: string): Promise<boolean> {
  const { uid, gid, mode } = await stat(folder)
  if (runAs.ids === undefined || uid !== 0 || (mode & 0o077) !== 0) return false
  await chown(folder, uid, runAs.ids.gid)
  await chmod(folder, 0o710)
  if (await reaches(runAs, binary, folder)) return true
  await chmod(folder, 0o700)
  await chown(folder, uid, gid)
  return false
}

async function reaches(runAs: RunAs, binary: string, folder: string): Promise<boolean> {
  const script = 'test -x "$1" && test -x "$2"'
  const command = [...runAs.prefix, '/bin/sh', '-c', script, 'sh', binary, folder]
  const [file = '/bin/sh', ...words] = command
  // The working folder may be closed to the other user, the root of the file system is not.
  return run(file, words, { ...runAs.ids, cwd: '/' }).then(
    () => true,
    () => false,
  )
}
