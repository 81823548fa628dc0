import type { ModeAtWork, Strike } from '../mode.js'
import { type Flow, Pace } from './pace.js'

export function slow(bytesPerSecond: number, strike: Strike): ModeAtWork {
  const pace = new Pace(bytesPerSecond)
  return {
    conduct(link) {
      const flow: Flow = (limit) => {
        const up = link.up(Math.ceil(limit / 2))?.length ?? 0
        return up + (link.down(limit - up)?.length ?? 0)
      }
      pace.join(flow)
      strike()
      return { move: () => pace.more(flow), leave: () => pace.leave(flow) }
    },
    end: () => pace.end(),
  }
}
