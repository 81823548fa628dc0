import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { GUARD_MODULE } from '../lifetime/guarded-server.js'
import { end, inspect } from '../lifetime/processes.js'
import type { ProcessInfo } from '../lifetime/processes.js'
import type { StopStep } from '../lifetime/server-plan.js'
import { pidFilePath, readPidFile } from './pid-file.js'

/** Fast shutdown, then immediate shutdown, which the next start recovers from. */
export const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGINT', graceMs: 10_000 },
  { signal: 'SIGQUIT', graceMs: 5_000 },
]

/** How long a guard may need to notice that its launcher was killed. */
const NOTICE_MS = 2_000

/**
 * Sees to it that no server runs on the data directory: waits for one that is being stopped, ends one that lost its guard.
 * @throws Error if a living stack uses the directory
 */
export async function settleLeftover(dataDir: string): Promise<void> {
  const noticedBy = Date.now() + NOTICE_MS
  for (;;) {
    const found = await readPidFile(dataDir)
    if (!found) return
    const server = await serverOf(found.pid, dataDir)
    // The number is free, or by now another program's, whom PostgreSQL would take for a server. Backends that outlive
    // their server are found by PostgreSQL itself, by the shared memory they hold.
    if (!server) return rm(pidFilePath(dataDir), { force: true })
    const guard = await inspect(server.parent)
    if (!guard?.command.includes(GUARD_MODULE)) return end(found.pid, STOP_STEPS)
    if (found.status !== 'stopping' && Date.now() > noticedBy) {
      throw new Error(
        `${dataDir} is in use by another Leadferry that runs (PostgreSQL is process ${found.pid})`,
      )
    }
    await sleep(50)
  }
}

async function serverOf(pid: number, dataDir: string): Promise<ProcessInfo | undefined> {
  const found = await inspect(pid)
  return found?.command.includes('postgres') && found.command.includes(dataDir) ? found : undefined
}
