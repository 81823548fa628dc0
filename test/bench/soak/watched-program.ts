import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type ProgramName, programOf } from '../../../tools/local-stack/programs.js'
import { compiled } from '../../../tools/local-stack/project-root.js'
import { anonymousMemoryMb, openFiles } from '../../support/programs/usage.js'
import { hasEnded } from '../programs.js'
import type { Holdings } from './probed.js'

/** A program of the product whose memory and resources can be looked at while it runs. */
export class WatchedProgram {
  private constructor(
    readonly name: ProgramName,
    readonly child: ChildProcess,
    private readonly exited: Promise<unknown>,
  ) {}

  /** @param env of the program; its connections to PostgreSQL bear its name */
  static start(name: ProgramName, env: Record<string, string>): WatchedProgram {
    const { nodeOptions, env: tuning, file } = programOf(name)
    const child = fork(compiled('test/bench/soak/probed.js'), [file], {
      execArgv: [...nodeOptions],
      env: { ...process.env, PGAPPNAME: nameOf(name), ...tuning, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    return new WatchedProgram(name, child, once(child, 'exit'))
  }

  get pid(): number {
    return this.child.pid ?? NaN
  }

  /** Of its connections to PostgreSQL (`pg_stat_activity.application_name`). */
  get applicationName(): string {
    return nameOf(this.name)
  }

  /** MB of 10^6 bytes. @throws Error when the program has ended */
  anonymousMb(): number {
    const mb = anonymousMemoryMb(this.pid)
    if (Number.isNaN(mb)) throw new Error(`the ${this.name} has ended`)
    return mb
  }

  /** How many files, sockets and pipes are open. */
  fileDescriptors(): number {
    return openFiles(this.pid)
  }

  /** Collects the garbage of the program's main thread. */
  async holdings(): Promise<Holdings> {
    const answer = once(this.child, 'message')
    this.child.send('look')
    const [holdings] = (await answer) as [Holdings]
    return holdings
  }

  get hasEnded(): boolean {
    return hasEnded(this.child)
  }

  /** At once. */
  kill(): void {
    this.child.kill('SIGKILL')
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM')
    await this.exited
  }
}

const nameOf = (name: ProgramName): string => `soak-${name}`
