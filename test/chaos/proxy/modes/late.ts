import type { ModeAtWork, Strike } from '../mode.js'

/** A client that sends more is read no further until it is forwarded. */
const MOST_BYTES = 64 * 1024 * 1024

export const late = (ms: number, strike: Strike): ModeAtWork => ({
  conduct(link) {
    const held: Buffer[] = []
    let size = 0
    let delivered = false
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
      delivered = true
      link.send(Buffer.concat(held))
      held.length = 0
      if (link.client.destroyed) link.abandon()
      else link.exchange()
      strike()
    }

    return {
      move() {
        if (delivered) return link.exchange()
        hold()
        if (link.client.readableEnded) link.client.destroy()
      },
      clientGone() {
        if (size > 0 && !delivered) deliverLater()
        else link.end()
      },
      leave() {
        clearTimeout(timer)
        if (size > 0 && !delivered && !link.client.destroyed) link.client.unshift(Buffer.concat(held))
      },
    }
  },
})
