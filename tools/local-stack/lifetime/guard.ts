import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerPlan, Started } from './server-plan.js'

/**
 * Keeps one server that is not Node (PostgreSQL, Redis) from outliving the launcher. The IPC channel is the lifeline:
 * the launcher closes it to have the server stopped, and the kernel closes it when the launcher dies of whatever.
 */
const plan = JSON.parse(process.argv[2] ?? '') as ServerPlan

// Only the lifeline ends a guard: a signal to everyone must not take the database away before those who use it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const [file, ...args] = plan.command
// The root of the file system: other users may enter it, whatever folder the project stands in.
const server = spawn(file, args, {
  ...plan.ids,
  cwd: '/',
  env: plan.env,
  stdio: ['ignore', 'inherit', 'inherit'],
})

server.once('error', (error) => {
  process.stderr.write(`cannot run ${file}: ${error.message}\n`)
  process.exit(1)
})
server.once('spawn', () => {
  const started: Started = { pid: server.pid ?? 0 }
  process.send?.(started)
})
server.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']))

process.once('disconnect', () => void stop())
// The launcher may have died while this file was being loaded.
if (!process.connected) void stop()

/** The server's exit ends this process, and with it the wait. */
async function stop(): Promise<void> {
  for (const { signal, graceMs } of plan.stop) {
    server.kill(signal)
    await sleep(graceMs)
  }
  server.kill('SIGKILL')
}
