import { finalDot } from '../final-dot.js'
import type { ModeAtWork, Strike } from '../mode.js'

export const cutAfterDot = (strike: Strike): ModeAtWork => ({
  conduct(link) {
    const endsMail = finalDot()
    let sent = false
    let chunk: Buffer | null
    return {
      move() {
        // Before the dot goes up: what came by then answers something else.
        if (!sent) while (link.down() !== null);
        while ((chunk = link.up()) !== null) sent = endsMail(chunk) || sent
        if (!sent || link.upstream.readableLength === 0) return
        link.abandon()
        strike()
      },
    }
  },
})
