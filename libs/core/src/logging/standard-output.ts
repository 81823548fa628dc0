import { writeSync } from 'node:fs'

const STDOUT = 1
/** A reader that is slow is waited for, as a write that blocks would. */
const WAIT_MS = 10
const waiting = new Int32Array(new SharedArrayBuffer(4))

/**
 * Where log lines go: written at once, so that the last one before an exit is out. Whoever read them may be gone, and then
 * they are lost and nothing else is: pino's own destination tries a broken pipe again at exit, for ever
 * (sonic-boom's flushSync), so that a process that was told to end would stay.
 */
export const standardOutput = {
  write(line: string): void {
    let rest = Buffer.from(line)
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(STDOUT, rest))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return
        Atomics.wait(waiting, 0, 0, WAIT_MS)
      }
    }
  },
}
