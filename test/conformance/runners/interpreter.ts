import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

const MAX_MS = 20_000

/**
 * Feeds a script to an interpreter's stdin.
 * @returns null when it ended with 0, else how it ended with the end of its stderr
 * @throws Error when there is no such interpreter
 */
export async function interpret(command: string, args: string[], script: string): Promise<string | null> {
  // The recorder is on loopback: a proxy that the shell names must not be asked for it.
  const env = { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' }
  const child = spawn(command, args, { env, timeout: MAX_MS, killSignal: 'SIGKILL' })
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  child.stdout.resume()
  // One that ends before it has read everything says more by its end than by a broken pipe.
  child.stdin.on('error', () => undefined)
  child.stdin.end(script)
  const [complaint, [code, signal]] = await Promise.all([text(child.stderr), ended])
  if (code === 0) return null
  const lastLines = complaint.trim().split('\n').slice(-3).join(' | ')
  return `ended with ${code ?? signal ?? 'nothing'}: ${lastLines}`
}

/** Whether an interpreter is there and runs a script; asked once. */
export function lacking(command: string, args: string[], script: string, what: string) {
  let answer: Promise<string | null> | undefined
  const ask = async () => ((await interpret(command, args, script).catch(() => what)) === null ? null : what)
  return () => (answer ??= ask())
}
