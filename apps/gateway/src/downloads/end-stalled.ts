import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** On average over the time that a reader is given. A slower reader would hold its slot for days. */
const LEAST_BYTES_A_SECOND = 1024

/** How often a reader is looked at in the time that it is given. */
const LOOKS = 4

/**
 * Cuts an answer off when its reader takes nothing, or next to nothing, for some seconds. What counts is what the
 * operating system has taken for the reader. It takes up to some megabytes ahead, and more only in steps (of 1.5 MB where
 * the network is fast), so such a reader has to take a step in that time.
 *
 * @param tell is called before it is cut
 */
export function endStalled(response: ServerResponse, seconds: number, tell: () => void): void {
  const { socket } = response
  if (socket === null) return
  const least = LEAST_BYTES_A_SECOND * seconds
  let taken = takenFrom(socket)
  let looks = 0
  const timer = setInterval(
    () => {
      const now = takenFrom(socket)
      looks += 1
      if (now - taken >= least) [taken, looks] = [now, 0]
      if (looks < LOOKS) return
      tell()
      response.destroy()
    },
    (seconds * 1000) / LOOKS,
  )
  response.once('close', () => clearInterval(timer))
}

/** `bytesWritten` alone includes what still waits in this process. */
const takenFrom = ({ bytesWritten, writableLength }: Socket): number => bytesWritten - writableLength
