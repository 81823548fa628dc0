import { mkdir, open, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startGuarded } from '../lifetime/guarded-server.js'
import type { GuardedServer } from '../lifetime/guarded-server.js'
import { untilReady } from '../lifetime/until-ready.js'
import { assertPortFree } from '../ports.js'
import { chooseRunAs } from '../run-as.js'
import type { RunAs } from '../run-as.js'
import { postgresBinaries } from './binaries.js'
import { SUPERUSER, ensureDataDir } from './data-dir.js'
import { STOP_STEPS, settleLeftover } from './leftover.js'
import { readPidFile } from './pid-file.js'
import { ENVIRONMENT, settingArguments } from './settings.js'

/** Recovery from a crash reads at most what `max_wal_size` lets pile up. */
const READY_WITHIN_MS = 120_000
/** How long backends may need to notice that their server was killed. */
const BACKENDS_WITHIN_MS = 10_000

export interface PostgresOptions {
  /** Made on the first start. */
  readonly dataDir: string
  readonly port: number
  /** The environment variable that moves the port, for the message that says it is taken. */
  readonly portVariable: string
  /** The file that the server's log is appended to. */
  readonly log: string
  /** Server settings beyond this launcher's own. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface Postgres {
  /** The superuser's, on database `postgres`. */
  readonly url: string
  readonly pid: number
  /** Resolves with the end of a sentence on how the server ended. */
  readonly exited: Promise<string>
  /** Ends sessions and server, and waits until it is gone. */
  stop(): Promise<void>
}

/** Starts the PostgreSQL of npm on 127.0.0.1 and waits until it takes connections. It cannot outlive this process. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dataDir = resolve(options.dataDir)
  const { port, portVariable } = options
  const binaries = await postgresBinaries()
  await mkdir(dirname(dataDir), { recursive: true })
  await settleLeftover(dataDir)
  await assertPortFree(port, 'PostgreSQL', portVariable)
  const runAs = await chooseRunAs(binaries.postgres, dataDir)
  const log = resolve(options.log)
  const password = await ensureDataDir({ dataDir, binaries, runAs, log })
  const command = [
    binaries.postgres,
    '-D',
    dataDir,
    ...settingArguments(port, options.settings ?? {}),
  ] as const
  const server = await launch([...command], runAs, dataDir, log)
  const { pid, exited } = server
  const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`
  return { url, pid, exited, stop: () => server.stop() }
}

async function launch(
  command: [string, ...string[]],
  runAs: RunAs,
  dataDir: string,
  log: string,
): Promise<GuardedServer> {
  const { prefix, ids } = runAs
  const plan = {
    command,
    prefix,
    ids,
    env: ENVIRONMENT,
    stop: STOP_STEPS,
    orphanSignal: 'SIGQUIT',
    log,
  } as const
  const backendsGoneBy = Date.now() + BACKENDS_WITHIN_MS
  for (;;) {
    const logStart = await stat(log).then(
      (found) => found.size,
      () => 0,
    )
    const server = await startGuarded(plan)
    const failure = await untilReady(server, () => isReady(server.pid, dataDir), READY_WITHIN_MS)
    if (failure === undefined) return server
    await server.stop()
    const said = await readFrom(log, logStart)
    // What PostgreSQL answers while backends of a server that was killed still hold its shared memory.
    if (!said.includes('is still in use') || Date.now() > backendsGoneBy) {
      throw new Error(`PostgreSQL did not start: it ${failure}, see ${log}\n${said}`)
    }
    await sleep(250)
  }
}

async function isReady(pid: number, dataDir: string): Promise<boolean> {
  const noted = await readPidFile(dataDir)
  return noted?.pid === pid && noted.status === 'ready'
}

async function readFrom(file: string, start: number): Promise<string> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const { buffer } = await handle.read(Buffer.alloc(size - start), 0, size - start, start)
    return buffer.toString('utf8').trim()
  } finally {
    await handle.close()
  }
}
