import { during } from './during.js'
import type { Fault } from './fault.js'

const parts = ['smtp'] as const

export const mailFaults = {
  'smtp-refuses': {
    parts,
    strike: (world, _part, random) =>
      during(world.servers.smtp, { how: 'refuse' }, random.between(1000, 4000)),
  },
  'smtp-stalls': {
    parts,
    strike: (world, _part, random) =>
      during(world.servers.smtp, { how: 'stall' }, random.between(2000, 6000)),
  },
  /** The mail was never whole: nobody has it. */
  'smtp-cut-before-dot': {
    parts,
    strike: (world) => during(world.servers.smtp, { how: 'cutBeforeDot', times: 3 }, 4000),
  },
  /** The mail was taken and the answer is lost: the first of the two windows in which a mail may come twice. */
  'smtp-cut-after-dot': {
    parts,
    strike: (world) => during(world.servers.smtp, { how: 'cutAfterDot', times: 2 }, 4000),
  },
} as const satisfies Record<string, Fault>
