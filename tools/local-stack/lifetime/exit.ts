import type { ChildProcess } from 'node:child_process'

/** Resolves when the child is gone, with the end of a sentence such as `exited with code 1`. */
export function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be run: ${error.message}`))
    child.once('exit', (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `exited with code ${code}`),
    )
  })
}
