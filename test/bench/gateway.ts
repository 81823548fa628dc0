import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { compiled } from '../../tools/local-stack/project-root.js'
import type { BenchStack } from './stack.js'

/** High enough for any machine; the limiter counts all the same, in leases of a thousand. */
const RATE_LIMIT_PER_MINUTE = '100000000'

/** One gateway process, with auth, row-level security and the rate limiter on. */
export interface BenchGateway {
  /** Without a slash. */
  url: string
  pid: number
  stop(): Promise<void>
}

export async function startGateway(stack: BenchStack): Promise<BenchGateway> {
  const gateway = spawn(process.execPath, [compiled('apps/gateway/src/main.js')], {
    env: { ...process.env, ...stack.env, RATE_LIMIT_PER_MINUTE },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${stack.env['PORT']}`
  await answering(`${url}/health/live`, gateway)
  return {
    url,
    pid: gateway.pid ?? 0,
    stop: async () => {
      gateway.kill('SIGTERM')
      await once(gateway, 'exit')
    },
  }
}

async function answering(url: string, process: ChildProcess): Promise<void> {
  for (;;) {
    if (process.exitCode !== null) throw new Error('the gateway has ended')
    const answers = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answers) return
    await sleep(50)
  }
}
