import type { ModeAtWork, Strike } from '../mode.js'

export const refuse = (strike: Strike): ModeAtWork => ({
  conduct(link) {
    link.reset()
    strike()
    return { move: () => undefined }
  },
})
