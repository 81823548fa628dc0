import { spawn } from 'node:child_process'
import { once } from 'node:events'

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
