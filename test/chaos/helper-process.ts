import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { compiled } from '../../tools/local-stack/project-root.js'

/**
 * A client, or a server that clients wait for, as a process of its own, so that what it does delays no other. It says that it is ready, begins and
 * ends when it is told, and then says what it found. It ends with its parent. It has a session of its own, so that its niceness counts (`giveWay`).
 */
export class HelperProcess<Found> {
  private constructor(
    private readonly module: string,
    private readonly child: ChildProcess,
  ) {}

  /** Starts a compiled module with one argument, as JSON. @throws Error when it ends before it is ready */
  static async start<Found>(module: string, argument: unknown): Promise<HelperProcess<Found>> {
    const child = fork(compiled(module), [JSON.stringify(argument)], { detached: true })
    await said(module, child)
    return new HelperProcess<Found>(module, child)
  }

  begin(): void {
    this.child.send('begin')
  }

  /** @returns what it found since it began */
  async end(): Promise<Found> {
    this.child.send('end')
    const found = (await said(this.module, this.child)) as Found
    this.child.disconnect()
    return found
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }
}

/** The next message of a child. @throws Error when it ends instead */
async function said(module: string, child: ChildProcess): Promise<unknown> {
  const heard = new AbortController()
  const { signal } = heard
  try {
    const ended = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`${module} ended with ${String(code)}`)
    })
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [unknown]
    return message
  } finally {
    heard.abort()
  }
}

/** The other side: does the work between `begin` and `end`. @param prepare what it needs before it is ready */
export async function serve(
  prepare: () => Promise<{ work: (over: AbortSignal) => Promise<void>; found: () => unknown }>,
): Promise<void> {
  process.once('disconnect', () => process.exit(0))
  const { work, found } = await prepare()
  process.send?.('ready')
  await once(process, 'message')
  const over = new AbortController()
  const worked = work(over.signal)
  // Work that fails must not go unnoticed until it is asked for what it found.
  worked.catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exit(1)
  })
  await once(process, 'message')
  over.abort()
  await Promise.race([worked, new Promise((resolve) => setTimeout(resolve, GRACE_MS))])
  process.send?.(found())
}

/** Answers on their way may still come when the time is over. */
const GRACE_MS = 3000
