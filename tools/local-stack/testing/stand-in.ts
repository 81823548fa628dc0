import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { projectRoot } from '../project-root.js'
import type { Ids } from '../run-as.js'

export interface StandIn {
  readonly pid: number
  /** The next thing the program prints, a JSON value per line. */
  next<T>(): Promise<T>
  kill(signal: NodeJS.Signals): void
  readonly exited: Promise<unknown>
}

/**
 * Runs a program in place of the launcher, so that a test can kill it.
 * @param source an ES module; `#dist/` in it stands for the compiled files of this folder
 * @param path its PATH
 */
export function standIn(source: string, ids?: Ids, path = process.env.PATH): StandIn {
  const root = projectRoot()
  const code = source.replaceAll('#dist/', `${root}/dist/tools/local-stack/`)
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    ...ids,
    cwd: root,
    detached: true,
    env: { PATH: path },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    pid: child.pid ?? 0,
    async next<T>() {
      const { value, done } = await lines.next()
      if (done) throw new Error('the stand-in ended without a word')
      return JSON.parse(value) as T
    },
    kill: (signal) => void child.kill(signal),
    exited: once(child, 'exit'),
  }
}
