import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** On average over the time that a reader is given. A slower reader would hold its slot for days. */
const LEAST_BYTES_A_SECOND = 1024

/** How often a reader is looked at in the time that it is given. */
const LOOKS = 4

/**
 * Cuts a connection off when its reader takes nothing, or next to nothing, for some seconds. What counts is what the
 * operating system has taken for the reader. It takes up to some megabytes ahead, and more only in steps (of 1.5 MB where
 * the network is fast), so such a reader has to take a step in that time.
 *
 * @param over is aborted when the answer has ended
 * @param tell is called before the connection is cut
 */
export function endStalled(
  { req }: ServerResponse,
  seconds: number,
  over: AbortSignal,
  tell: () => void,
): void {
  const { socket } = req
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
      socket.destroy()
    },
    (seconds * 1000) / LOOKS,
  )
  over.addEventListener('abort', () => clearInterval(timer), { once: true })
}

/**
 * Calls back once, when an answer has ended or its connection is lost. An answer that waits for an earlier one on the
 * same connection has no socket yet, and would not learn that the connection is lost.
 */
export function whenOver(response: ServerResponse, tell: () => void): void {
  const { socket } = response.req
  // The client left while its file was looked up: no event comes any more.
  if (socket.destroyed) return tell()
  const end = () => {
    response.off('close', end)
    socket.off('close', end)
    tell()
  }
  response.once('close', end)
  socket.once('close', end)
}

/** `bytesWritten` alone includes what still waits in this process. */
const takenFrom = ({ bytesWritten, writableLength }: Socket): number => bytesWritten - writableLength
