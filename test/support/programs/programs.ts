import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningChild, runChild } from '../../../tools/local-stack/lifetime/run-child.js'
import { type ProgramName, programOf } from '../../../tools/local-stack/programs.js'

/** What tells why a program ended: all but the lines at level info, of which a gateway says many, and the last of those. */
const telling = (lines: readonly string[]): string =>
  lines.filter((line, i) => i >= lines.length - 10 || !line.includes('"level":30')).join('\n')

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
  const { env: tuning, ...program } = programOf(name)
  const child = runChild({
    name,
    ...program,
    env: { ...path, ...tuning, ...env, LOG_LEVEL: 'info' },
    print: (line) => lines.push(line),
  })
  let ended: string | undefined
  void child.exited.then((how) => (ended = how))
  const says = async (text: string) => {
    while (!lines.some((line) => line.includes(text))) {
      if (ended !== undefined)
        throw new Error(`the ${name} ${ended}:
${telling(lines)}`)
      await sleep(20)
    }
  }
  return { ...child, lines, says }
}
