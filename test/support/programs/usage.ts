import { readdirSync, readFileSync } from 'node:fs'

/** Peak of resident memory so far, in MB of 10^6 bytes, as the kernel counted it; NaN where it does not tell (Linux does). */
export const peakMemoryMb = (pid: number): number => memoryMb(pid, 'VmHWM')

/** Resident memory, in MB of 10^6 bytes; NaN where the kernel does not tell. */
export const residentMemoryMb = (pid: number): number => memoryMb(pid, 'VmRSS')

/**
 * Resident memory that no file backs, in MB of 10^6 bytes: the heap, the buffers and the stacks of a process, without the
 * code and the data that it maps. NaN where the kernel does not tell.
 */
export const anonymousMemoryMb = (pid: number): number => memoryMb(pid, 'RssAnon')

function memoryMb(pid: number, what: 'VmHWM' | 'VmRSS' | 'RssAnon'): number {
  const [, kib] = new RegExp(`${what}:\\s+(\\d+) kB`).exec(told(pid, 'status')) ?? []
  return (Number(kib) * 1024) / 1e6
}

/** How many files, sockets and pipes a process has open. */
export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

/** CPU seconds of a process so far, user and system; NaN where the kernel does not tell. */
export const cpuSeconds = (pid: number): number => statOf(pid).own

/** The same of a server with a process for each connection: of it, of its children, and of those that have ended. */
export function familyCpuSeconds(pid: number): number {
  const { own, ended } = statOf(pid)
  const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const children = others.map((name) => statOf(Number(name))).filter(({ parent }) => parent === pid)
  return children.reduce((sum, child) => sum + child.own, own + ended)
}

/** CPU seconds of a process and of its children that have ended; NaN where the kernel does not tell. */
function statOf(pid: number): { parent: number; own: number; ended: number } {
  // The name, in brackets, may have spaces. Behind it: the state, the parent; from the 12th on the times, in hundredths.
  const fields = told(pid, 'stat').split(') ')[1]?.split(' ').map(Number) ?? []
  const [user = NaN, system = NaN, endedUser = NaN, endedSystem = NaN] = fields.slice(11)
  return { parent: fields[1] ?? NaN, own: (user + system) / 100, ended: (endedUser + endedSystem) / 100 }
}

function told(pid: number, file: 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
