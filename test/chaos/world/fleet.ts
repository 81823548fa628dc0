import { type Program, startProgram } from '../../support/programs/programs.js'

export type MemberName = `gateway-${number}` | `worker-${number}`

/** A gateway or a worker as a process: ended and started again as often as it takes. */
export class Member {
  private readonly lines: string[] = []
  /** Ends that nobody asked for, and orders that it did not follow. */
  readonly complaints: string[] = []
  private program: Program | undefined
  private read = 0

  constructor(
    readonly name: MemberName,
    private readonly kind: 'gateway' | 'worker',
    private readonly env: Record<string, string>,
  ) {}

  async start(): Promise<void> {
    const program = await startProgram(this.kind, this.env)
    this.program = program
    this.read = 0
    void program.exited.then((how) => {
      this.keepLines(program)
      if (this.program !== program) return
      this.complaints.push(
        `${this.name} ${how}, which nobody asked for: ${program.lines.slice(-3).join(' ')}`,
      )
      this.program = undefined
    })
  }

  /** Ends at once, as by the kernel. */
  async kill(): Promise<void> {
    const program = this.take()
    if (program === undefined) return
    signal(program, 'SIGKILL')
    await program.exited
  }

  /** The process that it is now. */
  get pid(): number | undefined {
    return this.program?.pid
  }

  /** Holds the process still, sockets and all, without its knowing, until `over` is. */
  async freeze(over: () => Promise<void>): Promise<void> {
    const { program } = this
    if (program === undefined) return
    signal(program, 'SIGSTOP')
    try {
      await over()
    } finally {
      if (this.program === program) signal(program, 'SIGCONT')
    }
  }

  /** Ends in order. @param graceMs how long it may take; longer is a complaint, and so is an exit code that is not 0 */
  async terminate(graceMs: number): Promise<void> {
    const program = this.take()
    if (program === undefined) return
    await program.stop(graceMs)
    const how = await program.exited
    if (how !== 'exited with code 0') this.complaints.push(`${this.name} ${how} after SIGTERM`)
  }

  /** What it has printed since the beginning, whatever process it was then. */
  allLines(): string[] {
    if (this.program !== undefined) this.keepLines(this.program)
    return this.lines
  }

  private take(): Program | undefined {
    const { program } = this
    this.program = undefined
    return program
  }

  private keepLines(program: Program): void {
    // Each line comes with the program's name before it.
    for (const line of program.lines.slice(this.read)) this.lines.push(line.slice(`${this.kind} | `.length))
    this.read = program.lines.length
  }
}

function signal({ pid }: Program, name: NodeJS.Signals): void {
  // One that could not be started never said that it was ready.
  if (pid !== undefined) process.kill(pid, name)
}
