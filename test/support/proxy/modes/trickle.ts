import { Held } from '../held.js'
import type { ModeAtWork, Strike } from '../mode.js'
import { type Flow, Pace } from './pace.js'

export function trickle(bytesPerSecond: number, strike: Strike): ModeAtWork {
  const pace = new Pace(bytesPerSecond)
  return {
    conduct(link) {
      const { client } = link
      const held = new Held(client)
      const flow: Flow = (limit) => {
        if (limit <= 0 || link.upstream.writableNeedDrain) return 0
        const piece = held.some(limit)
        if (piece.length > 0) link.send(piece)
        return piece.length
      }
      pace.join(flow)
      strike()
      return {
        move() {
          held.fill()
          while (link.down() !== null);
          if (client.readableEnded) client.destroy()
          else pace.more(flow)
        },
        clientGone: () => link.end(),
        leave() {
          pace.leave(flow)
          // Goes on as the next mode has it.
          if (held.size > 0 && !client.destroyed && !client.readableEnded) client.unshift(held.all())
        },
      }
    },
    end: () => pace.end(),
  }
}
