import type { Link } from '../link.js'
import type { ModeAtWork, Strike } from '../mode.js'

const TICK_MS = 50

/** At every tick, what the time since the last one allows is shared out among those that have something to move. */
export function slow(bytesPerSecond: number, strike: Strike): ModeAtWork {
  const links = new Set<Link>()
  let allowed = 0
  let last = performance.now()

  function tick(): void {
    const now = performance.now()
    // Fractions of a byte are kept, what nobody wanted is not.
    allowed = (allowed % 1) + ((now - last) * bytesPerSecond) / 1000
    last = now
    let hungry = [...links]
    while (hungry.length > 0 && allowed >= 1) {
      const share = Math.max(1, Math.floor(allowed / (2 * hungry.length)))
      hungry = hungry.filter((link) => moveSome(link, share) > 0)
    }
  }

  function moveSome(link: Link, share: number): number {
    let moved = 0
    moved += link.up(Math.min(share, Math.floor(allowed)))?.length ?? 0
    moved += link.down(Math.min(share, Math.floor(allowed - moved)))?.length ?? 0
    allowed -= moved
    return moved
  }

  const timer = setInterval(tick, TICK_MS)
  return {
    conduct(link) {
      links.add(link)
      strike()
      const leave = () => void links.delete(link)
      // Nothing moves yet, but the upstream is dialled: it may be the one that speaks first.
      return { move: () => void link.up(0), leave }
    },
    end: () => clearInterval(timer),
  }
}
