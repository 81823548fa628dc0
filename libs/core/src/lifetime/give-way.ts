import { readFileSync, writeFileSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'

/**
 * Where Linux schedules sessions and not processes (sched(7), "The autogroup feature"), niceness counts only within a session,
 * and each process of PostgreSQL is a session of its own. This is the niceness of the session.
 */
const AUTOGROUP = '/proc/self/autogroup'

/**
 * Lets other processes go first where cores are short: sets the niceness of this process, and that of its session if this process
 * leads it. Never lowers a niceness. Threads begin with the niceness of the one that starts them, so call it first.
 *
 * @param niceness 1 to 19
 */
export function giveWay(niceness: number): void {
  setPriority(Math.max(getPriority(), niceness))
  try {
    if (sessionId() !== process.pid || sessionNiceness() >= niceness) return
    writeFileSync(AUTOGROUP, String(niceness))
  } catch {
    // A system without sessions of this kind, or one that lets nobody change them.
  }
}

/** The sixth field of the process's state (proc_pid_stat(5)); the second may have spaces, in parentheses. */
function sessionId(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])
}

/** The file says `/autogroup-123 nice 0`. Infinity where it says nothing, because there is nothing to set. */
function sessionNiceness(): number {
  const nice = /nice (-?\d+)/.exec(readFileSync(AUTOGROUP, 'latin1'))?.[1]
  return nice === undefined ? Infinity : Number(nice)
}
