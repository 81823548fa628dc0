import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ProgramName, programOf } from '../../tools/local-stack/programs.js'

/** High enough for any machine; the limiter counts all the same, in leases of a thousand. */
export const RATE_LIMIT_PER_MINUTE = '100000000'

/** One process of the product, run as the README says. */
export interface BenchProgram {
  process: ChildProcess
  pid: number
  stop(): Promise<void>
}

export interface BenchGateway extends BenchProgram {
  /** Without a slash. */
  url: string
}

/** By itself, or by a signal, which leaves no exit code. */
export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null

export const startWorker = (env: Record<string, string>): BenchProgram => start('worker', env)

/** With auth, row-level security and the rate limiter on; answers already. */
export async function startGateway(env: Record<string, string>): Promise<BenchGateway> {
  const gateway = start('gateway', { ...env, RATE_LIMIT_PER_MINUTE })
  const url = `http://127.0.0.1:${env['PORT']}`
  await answering(`${url}/health/live`, gateway.process)
  return { ...gateway, url }
}

function start(name: ProgramName, env: Record<string, string>): BenchProgram {
  const { nodeOptions, env: tuning, file } = programOf(name)
  const program = spawn(process.execPath, [...nodeOptions, file], {
    env: { ...process.env, ...tuning, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = once(program, 'exit')
  return {
    process: program,
    pid: program.pid ?? NaN,
    async stop() {
      program.kill('SIGTERM')
      await exited
    },
  }
}

/** Waits until a gateway answers. @throws Error when it has ended */
export async function answering(url: string, process: ChildProcess): Promise<void> {
  for (;;) {
    if (hasEnded(process)) throw new Error('the gateway has ended')
    const answers = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answers) return
    await sleep(50)
  }
}
