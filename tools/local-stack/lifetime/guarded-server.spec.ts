import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { standIn } from '../testing/stand-in.js'
import { itWhen } from '../../../test/support/when.js'
import { startGuarded } from './guarded-server.js'
import type { GuardedOptions } from './guarded-server.js'
import { goneWithin, inspect } from './processes.js'

const onLinux = itWhen(process.platform === 'linux', 'a Linux kernel only')

/** A server that ends with a code that tells by which signal, and says when it listens to signals. */
const POLITE = "process.on('SIGINT', () => process.exit(9)); process.on('SIGTERM', () => process.exit(7));"
const STUBBORN = "process.on('SIGTERM', () => undefined);"
const STAY = "console.log('up'); setInterval(() => undefined, 1000)"

describe('a guarded server', () => {
  let folder: string
  let log: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadferry-guard-'))
    log = join(folder, 'log')
  })
  afterEach(() => rm(folder, { recursive: true }))

  const plan = (source: string, graceMs = 20_000): GuardedOptions => ({
    command: [process.execPath, '-e', source + STAY],
    env: {},
    stop: [{ signal: 'SIGTERM', graceMs }],
    orphanSignal: 'SIGKILL',
    log,
  })

  async function up(): Promise<void> {
    while (!(await readFile(log, 'utf8')).includes('up'))
      await new Promise((resolve) => setTimeout(resolve, 20))
  }

  /** Starts the server from a launcher that can be killed, and whose SIGINT stops the server in order. */
  async function fromLauncher(source: string) {
    const launcher = standIn(`
      import { startGuarded } from '#dist/lifetime/guarded-server.js'
      const server = await startGuarded(${JSON.stringify(plan(source))})
      process.on('SIGINT', async () => {
        await server.stop()
        console.log(JSON.stringify(await server.exited))
      })
      console.log(JSON.stringify(server.pid))
    `)
    const pid = await launcher.next<number>()
    await up()
    return { launcher, pid }
  }

  it('stops in order and says how it ended', async () => {
    const server = await startGuarded(plan(POLITE))
    await up()
    await server.stop()
    await expect(server.exited).resolves.toBe('exited with code 7')
    expect(await inspect(server.pid)).toBeUndefined()
  })

  it('is killed when it does not listen', async () => {
    const server = await startGuarded(plan(STUBBORN, 100))
    await up()
    await server.stop()
    await expect(server.exited).resolves.toBe('exited with code 137')
  })

  it('tells its end without being asked', async () => {
    const server = await startGuarded(plan(POLITE))
    await up()
    process.kill(server.pid, 'SIGKILL')
    await expect(server.exited).resolves.toBe('exited with code 137')
  })

  it('ends with a launcher that is killed', async () => {
    const { launcher, pid } = await fromLauncher(POLITE)
    launcher.kill('SIGKILL')
    expect(await goneWithin(pid, 10_000)).toBe(true)
  })

  onLinux('ends with a guard that is killed', async () => {
    const { launcher, pid } = await fromLauncher(STUBBORN)
    const guard = (await inspect(pid))?.parent ?? 0
    process.kill(guard, 'SIGKILL')
    expect(await goneWithin(pid, 10_000)).toBe(true)
    launcher.kill('SIGKILL')
    await launcher.exited
  })

  it('does not hear the Ctrl-C that the launcher hears', async () => {
    const { launcher } = await fromLauncher(POLITE)
    process.kill(-launcher.pid, 'SIGINT')
    await expect(launcher.next()).resolves.toBe('exited with code 7')
    launcher.kill('SIGKILL')
    await launcher.exited
  })

  it('leaves word in the log when there is no such program', async () => {
    const attempt = startGuarded({ ...plan(''), command: ['/no/such/program'] })
    // Without setpriv it is the start that fails, with it the end comes at once.
    await attempt.then((server) => server.exited).catch(() => undefined)
    expect(await readFile(log, 'utf8')).toContain('/no/such/program')
  })
})
