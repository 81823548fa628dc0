import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { compiled } from '../project-root.js'
import { exitOf } from './exit.js'

const END_WITH_PARENT = 'tools/local-stack/lifetime/end-with-parent.js'

export interface ChildOptions {
  /** Stands before each line of its output. */
  readonly name: string
  /** The compiled program. */
  readonly file: string
  /** Options of Node's own. */
  readonly nodeOptions?: readonly string[]
  /** Its whole environment. */
  readonly env: NodeJS.ProcessEnv
  /** Takes the lines of its output, both streams, without the line end. */
  readonly print: (line: string) => void
}

export interface RunningChild {
  /** Its process id; undefined when it could not be started. */
  readonly pid: number | undefined
  /** Resolves with the end of a sentence on how it ended. */
  readonly exited: Promise<string>
  /** SIGTERM, then SIGKILL after `graceMs`; resolves when it is gone. */
  stop(graceMs: number): Promise<void>
}

/** Starts a Node program of the project that ends with this process, however this process ends. */
export function runChild({ name, file, nodeOptions = [], env, print }: ChildOptions): RunningChild {
  const preload = pathToFileURL(compiled(END_WITH_PARENT)).href
  const args = ['--enable-source-maps', '--import', preload, ...nodeOptions, file]
  const child = spawn(process.execPath, args, {
    // A group of its own: Ctrl-C reaches the launcher only, which then ends things in order.
    detached: true,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null)
  const read = streams.map((input) => printLines(input, (line) => print(`${name} | ${line}`)))
  // The last lines say why it ended, so they come before the news that it did.
  const exited = Promise.all([exitOf(child), ...read]).then(([how]) => how)
  return {
    pid: child.pid,
    exited,
    async stop(graceMs) {
      child.kill('SIGTERM')
      const patience = new AbortController()
      const tooLong = sleep(graceMs, undefined, { signal: patience.signal }).then(
        () => child.kill('SIGKILL'),
        () => undefined,
      )
      await exited
      patience.abort()
      await tooLong
    },
  }
}

async function printLines(input: Readable, print: (line: string) => void): Promise<void> {
  const lines = createInterface({ input }).on('line', print)
  await once(lines, 'close')
}
