import type { ModeAtWork, Strike } from '../mode.js'

export const cut = (afterBytes: number, strike: Strike): ModeAtWork => ({
  conduct(link) {
    let left = afterBytes
    let moved: Buffer | null
    return {
      move() {
        while ((moved = link.up(left)) !== null) left -= moved.length
        while (link.down() !== null);
        // A connection on which nothing was sent is left alone, even where the first byte is one too many.
        if (left > 0 || (afterBytes === 0 && link.client.readableLength === 0)) return
        link.reset()
        strike()
      },
    }
  },
})
