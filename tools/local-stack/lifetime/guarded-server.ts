import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { compiled } from '../project-root.js'
import { exitOf } from './exit.js'
import type { ServerPlan, Started } from './server-plan.js'

const run = promisify(execFile)

/** How a guard is known in a list of processes. */
export const GUARD_MODULE = 'tools/local-stack/lifetime/guard.js'

export interface GuardedOptions extends Omit<ServerPlan, 'command'> {
  readonly command: readonly [string, ...string[]]
  /** Words that change who runs the command, see RunAs. */
  readonly prefix?: readonly string[]
  /** What the kernel sends the server when even the guard was killed (Linux). */
  readonly orphanSignal: 'SIGQUIT' | 'SIGKILL'
  /** The file that output is appended to. */
  readonly log: string
}

export interface GuardedServer {
  readonly pid: number
  /** Resolves with a sentence on how it ended, when server or guard are gone. */
  readonly exited: Promise<string>
  /** Ends the server and waits until it is gone. */
  stop(): Promise<void>
}

/**
 * Starts a server that cannot outlive this process, however this process ends.
 * That the command could be run and then works is for the caller to find out, see `untilReady`.
 */
export async function startGuarded(options: GuardedOptions): Promise<GuardedServer> {
  const { command, prefix = [], orphanSignal, log, ...rest } = options
  const words = [...prefix, ...(await parentDeathPrefix(orphanSignal)), ...command]
  const plan: ServerPlan = { ...rest, command: words as [string, ...string[]] }
  const guard = spawnGuard(plan, log)
  const exited = exitOf(guard)
  const started = once(guard, 'message').then(([message]) => (message as Started).pid)
  const pid = await Promise.race([
    started,
    exited.then((how): never => {
      throw new Error(`${command[0]} ${how}, see ${log}`)
    }),
  ])
  return {
    pid,
    exited,
    async stop() {
      if (guard.connected) guard.disconnect()
      await exited
    },
  }
}

function spawnGuard(plan: ServerPlan, log: string) {
  const output = openSync(log, 'a', 0o600)
  try {
    return spawn(process.execPath, [compiled(GUARD_MODULE), JSON.stringify(plan)], {
      // A group of its own: Ctrl-C reaches the launcher only, which then ends things in order.
      detached: true,
      // Node options are the launcher's: a second inspector would want the same port.
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', output, output, 'ipc'],
    })
  } finally {
    closeSync(output)
  }
}

/** `setpriv` of util-linux 2.33 or newer; elsewhere a guard that is killed itself leaves its server for the next start. */
async function parentDeathPrefix(signal: 'SIGQUIT' | 'SIGKILL'): Promise<string[]> {
  const prefix = ['setpriv', '--pdeathsig', signal.replace('SIG', '')]
  return run('setpriv', [...prefix.slice(1), 'true']).then(
    () => prefix,
    () => [],
  )
}
