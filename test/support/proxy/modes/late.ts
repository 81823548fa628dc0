import type { ModeAtWork, Strike } from '../mode.js'

/** A client that sends more is read no further until it is forwarded. */
const MOST_BYTES = 64 * 1024 * 1024

export const late = (ms: number, strike: Strike): ModeAtWork => ({
  conduct(link) {
    let held: Buffer[] = []
    let size = 0
    let timer: NodeJS.Timeout | undefined

    function hold(): void {
      let chunk: Buffer | null
      while (size < MOST_BYTES && (chunk = link.client.read() as Buffer | null) !== null) {
        held.push(chunk)
        size += chunk.length
        timer ??= setTimeout(deliverLater, ms)
      }
    }

    function deliverLater(): void {
      clearTimeout(timer)
      timer = setTimeout(deliver, ms)
    }

    function deliver(): void {
      link.send(Buffer.concat(held))
      held = []
      size = 0
      timer = undefined
      strike()
      if (link.client.destroyed) link.abandon()
      else link.takeOver()
    }

    return {
      move() {
        hold()
        // To what was sent before; a client that went half way has gone as well.
        while (link.down() !== null);
        if (link.client.readableEnded) link.client.destroy()
      },
      clientGone: () => (size > 0 ? deliverLater() : link.end()),
      // Whether the client has given up is seen a moment after it did: what waits lands late, whatever the mode is by then.
      stays: () => size > 0,
      leave: () => clearTimeout(timer),
    }
  },
})
