import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningChild, runChild } from '../../../tools/local-stack/lifetime/run-child.js'
import { type ProgramName, programOf } from '../../../tools/local-stack/programs.js'

/** Of a program that ended too soon: the routes that a gateway maps are said before, and they are many. */
const LAST_LINES = 30

export interface Program extends RunningChild {
  /** What it printed so far. */
  readonly lines: string[]
  /** Waits until it has printed a line with this text. @throws Error with what it printed, when it ends before */
  says(text: string): Promise<void>
}

/** Starts the compiled gateway or worker as a process and waits until it says that it is ready. */
export async function startProgram(name: ProgramName, env: Record<string, string>): Promise<Program> {
  const program = launchProgram(name, env)
  await program.says(`"${name} ready"`)
  return program
}

/** Starts the compiled gateway or worker as a process and waits for nothing. */
export function launchProgram(name: ProgramName, env: Record<string, string>): Program {
  const lines: string[] = []
  const path = { PATH: process.env['PATH'] ?? '' }
  // Readiness is said at level info, so a test's own level must not hide it.
  const child = runChild({
    name,
    ...programOf(name),
    env: { ...path, ...env, LOG_LEVEL: 'info' },
    print: (line) => lines.push(line),
  })
  let ended: string | undefined
  void child.exited.then((how) => (ended = how))
  const says = async (text: string) => {
    while (!lines.some((line) => line.includes(text))) {
      if (ended !== undefined)
        throw new Error(`the ${name} ${ended}:\n${lines.slice(-LAST_LINES).join('\n')}`)
      await sleep(20)
    }
  }
  return { ...child, lines, says }
}
