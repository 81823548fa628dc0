import 'reflect-metadata'
import { LocalStack } from './local-stack.js'
import { watchParent } from './lifetime/watch-parent.js'

// Mails, files and keys of the data folder are for the user who starts this, and for programs that it starts.
process.umask(0o077)

const stack = new LocalStack()
let ending: Promise<void> | undefined

/** Ends everything once, however many reasons there are, and then this process. */
function end(code: number, why?: string): void {
  if (why !== undefined) process.stderr.write(`${why}\n`)
  ending ??= stack.stop().then(
    () => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
}

process.on('SIGINT', () => end(0))
process.on('SIGTERM', () => end(0))
process.on('SIGHUP', () => end(0))
// Whoever read this output may be gone with the parent; a line that can't be written must not stop the stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
watchParent(() => end(1, 'The parent process is gone.'))

stack
  .start((why) => end(1, why))
  .catch((error: unknown) => {
    if (ending === undefined) end(1, error instanceof Error ? error.message : String(error))
  })
