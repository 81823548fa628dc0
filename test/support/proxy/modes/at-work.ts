import type { ModeAtWork, ProxyMode, Strike } from '../mode.js'
import { cut } from './cut.js'
import { cutAfterDot } from './cut-after-dot.js'
import { cutBeforeDot } from './cut-before-dot.js'
import { halfAnswer } from './half-answer.js'
import { late } from './late.js'
import { pass } from './pass.js'
import { refuse } from './refuse.js'
import { slow } from './slow.js'
import { stall } from './stall.js'
import { trickle } from './trickle.js'

export function atWork(mode: ProxyMode, strike: Strike): ModeAtWork {
  switch (mode.how) {
    case 'pass':
      return pass
    case 'refuse':
      return refuse(strike)
    case 'cut':
      return cut(mode.afterBytes, strike)
    case 'stall':
      return stall(strike)
    case 'slow':
      return slow(mode.bytesPerSecond, strike)
    case 'trickle':
      return trickle(mode.bytesPerSecond, strike)
    case 'halfAnswer':
      return halfAnswer(mode.bytes, strike)
    case 'late':
      return late(mode.ms, strike)
    case 'cutBeforeDot':
      return cutBeforeDot(strike)
    case 'cutAfterDot':
      return cutAfterDot(strike)
  }
}
