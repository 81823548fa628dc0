import type { Link } from '../link.js'
import type { ModeAtWork, Strike } from '../mode.js'

/** What a server says to a client that asks first whether it may send its body (RFC 9110, 15.2.1): not its answer yet. */
const INTERIM = 'HTTP/1.1 100 '

export const halfAnswer = (bytes: number, strike: Strike): ModeAtWork => ({
  conduct(link) {
    let left = bytes
    let moved: Buffer | null
    return {
      move() {
        // Whoever asks anew has had the last answer.
        while (link.up() !== null) left = bytes
        if (left === bytes) passInterim(link)
        while ((moved = link.down(left)) !== null) left -= moved.length
        if (left > 0 || (bytes === 0 && link.upstream.readableLength === 0)) return
        link.abandon()
        strike()
      },
    }
  },
})

function passInterim(link: Link): void {
  const start = link.upstream.read() as Buffer | null
  if (start === null) return
  const end = start.toString('latin1', 0, INTERIM.length) === INTERIM ? start.indexOf('\r\n\r\n') + 4 : 0
  if (end < start.length) link.upstream.unshift(start.subarray(end))
  if (end > 0) link.client.write(start.subarray(0, end))
}
