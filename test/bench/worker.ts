import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { programOf } from '../../tools/local-stack/programs.js'

export interface BenchWorker {
  process: ChildProcess
  stop(): Promise<void>
}

/** One worker process, run as the README says. */
export function startWorker(env: Record<string, string>): BenchWorker {
  const { nodeOptions, file } = programOf('worker')
  const worker = spawn(process.execPath, [...nodeOptions, file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = once(worker, 'exit')
  return {
    process: worker,
    async stop() {
      worker.kill('SIGTERM')
      await exited
    },
  }
}
