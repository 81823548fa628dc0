import { finalDot } from '../final-dot.js'
import type { ModeAtWork, Strike } from '../mode.js'

export const cutBeforeDot = (strike: Strike): ModeAtWork => ({
  conduct(link) {
    const endsMail = finalDot()
    let chunk: Buffer | null
    return {
      move() {
        while (link.down() !== null);
        while (!link.upstream.writableNeedDrain && (chunk = link.client.read() as Buffer | null) !== null) {
          if (endsMail(chunk)) {
            link.reset()
            strike()
            return
          }
          link.send(chunk)
        }
        // Nothing is left to move but the client's end.
        link.up()
      },
    }
  },
})
