import { Held } from '../held.js'
import type { ModeAtWork, Strike } from '../mode.js'

export const late = (ms: number, strike: Strike): ModeAtWork => ({
  conduct(link) {
    const held = new Held(link.client)
    let timer: NodeJS.Timeout | undefined

    function deliverLater(): void {
      clearTimeout(timer)
      timer = setTimeout(deliver, ms)
    }

    function deliver(): void {
      link.send(held.all())
      timer = undefined
      strike()
      if (link.client.destroyed) link.abandon()
      else link.takeOver()
    }

    return {
      move() {
        held.fill()
        if (held.size > 0) timer ??= setTimeout(deliverLater, ms)
        // To what was sent before; a client that went half way has gone as well.
        while (link.down() !== null);
        if (link.client.readableEnded) link.client.destroy()
      },
      clientGone: () => (held.size > 0 ? deliverLater() : link.end()),
      // Whether the client has given up is seen a moment after it did: what waits lands late, whatever the mode is by then.
      stays: () => held.size > 0,
      leave: () => clearTimeout(timer),
    }
  },
})
