import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** One run of something, and of its process where that was looked at. */
export interface Sample {
  /** By the clock on the wall. */
  seconds: number
  /** Seconds of CPU, user and system. */
  cpu?: number
  /** Peak of resident memory, in MB of 10^6 bytes. */
  peakMb?: number
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** NaN when one is. */
export const worst = (values: readonly number[]): number => Math.max(...values)

/** Runs a command with its output thrown away, and times it as a whole process. @throws Error with what it said */
export async function timeCommand(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Sample> {
  const began = performance.now()
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said}`)
  return { seconds: (performance.now() - began) / 1000 }
}

/** Peak of resident memory so far, in MB of 10^6 bytes, as the kernel counted it; Linux only. */
export function peakMemoryMb(pid: number): number | undefined {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? undefined : (Number(kib) * 1024) / 1e6
  } catch {
    return undefined
  }
}

/** CPU seconds of a process so far, user and system; Linux only. */
export function cpuSeconds(pid: number): number {
  // The name, in brackets, may have spaces; utime and stime are the 14th and 15th fields, in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}
