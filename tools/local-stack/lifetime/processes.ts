import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { StopStep } from './server-plan.js'

const run = promisify(execFile)

export interface ProcessInfo {
  readonly parent: number
  /** Program and arguments, separated by blanks. */
  readonly command: string
}

/** A running process, or undefined if there is none: one that only waits to be reaped counts as gone. */
export async function inspect(pid: number): Promise<ProcessInfo | undefined> {
  try {
    const { state, parent, command } = process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid)
    return state.startsWith('Z') ? undefined : { parent, command }
  } catch {
    return undefined
  }
}

/** Waits for a process to go. @returns whether it did in time */
export async function goneWithin(pid: number, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms
  while (await inspect(pid)) {
    if (Date.now() > deadline) return false
    await sleep(50)
  }
  return true
}

/** Ends a process that is nobody's child, with SIGKILL at last. */
export async function end(pid: number, steps: readonly StopStep[]): Promise<void> {
  for (const { signal, graceMs } of [...steps, { signal: 'SIGKILL', graceMs: 5_000 } as const]) {
    signalIfThere(pid, signal)
    if (await goneWithin(pid, graceMs)) return
  }
  throw new Error(`process ${pid} does not end`)
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** proc(5): the second field of `stat` is the name in parentheses and may hold any character, so read from the last one. */
async function fromProc(pid: number) {
  const [stat, cmdline] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/cmdline`, 'utf8'),
  ])
  const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state, parent: Number(parent), command: cmdline.replaceAll('\0', ' ').trim() }
}

async function fromPs(pid: number) {
  const { stdout } = await run('ps', ['-ww', '-o', 'stat=,ppid=,args=', '-p', String(pid)])
  const [, state = '', parent, command = ''] = /^\s*(\S+)\s+(\d+)\s+(.*)/.exec(stdout) ?? []
  return { state, parent: Number(parent), command }
}
