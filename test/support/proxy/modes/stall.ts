import type { ModeAtWork, Strike } from '../mode.js'

export const stall = (strike: Strike): ModeAtWork => ({
  conduct(link) {
    let struck = false
    return {
      move() {
        if (!link.waits || struck) return
        struck = true
        strike()
      },
    }
  },
})
