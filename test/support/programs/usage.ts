import { readFileSync } from 'node:fs'

/** Peak of resident memory so far, in MB of 10^6 bytes, as the kernel counted it; NaN where it does not tell (Linux does). */
export const peakMemoryMb = (pid: number): number => memoryMb(pid, 'VmHWM')

/** Resident memory, in MB of 10^6 bytes; NaN where the kernel does not tell. */
export const residentMemoryMb = (pid: number): number => memoryMb(pid, 'VmRSS')

function memoryMb(pid: number, what: 'VmHWM' | 'VmRSS'): number {
  const [, kib] = new RegExp(`${what}:\\s+(\\d+) kB`).exec(told(pid, 'status')) ?? []
  return (Number(kib) * 1024) / 1e6
}

/** CPU seconds of a process so far, user and system; NaN where the kernel does not tell. */
export function cpuSeconds(pid: number): number {
  // The name, in brackets, may have spaces; utime and stime are the 14th and 15th fields, in hundredths of a second.
  const fields = told(pid, 'stat').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function told(pid: number, file: 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
