import type { ModeAtWork } from '../mode.js'

export const pass: ModeAtWork = {
  conduct: (link) => ({ move: () => link.exchange() }),
}
