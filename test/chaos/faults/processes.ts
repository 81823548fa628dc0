import { setTimeout as sleep } from 'node:timers/promises'
import type { Member, MemberName } from '../world/fleet.js'
import { gatewayNames, LEASE_SECONDS, workerNames, type World } from '../world/world.js'
import type { Fault } from './fault.js'

/** Longer than the lease, so that another has taken over when it comes to. */
const pastTheLease = [LEASE_SECONDS * 1000 + 1000, LEASE_SECONDS * 1000 + 4000] as const

export const processFaults = {
  'worker-killed': {
    parts: workerNames,
    async strike(world, part, random) {
      await member(world, part).kill()
      await sleep(random.between(100, 2000))
      await member(world, part).start()
    },
  },
  'worker-frozen': {
    parts: workerNames,
    strike: (world, part, random) => member(world, part).freeze(() => sleep(random.between(...pastTheLease))),
  },
  'worker-restarted': {
    parts: workerNames,
    async strike(world, part) {
      await member(world, part).terminate(world.graceMs)
      await member(world, part).start()
    },
  },
  'gateway-killed': {
    parts: gatewayNames,
    async strike(world, part, random) {
      await member(world, part).kill()
      await sleep(random.between(100, 1000))
      await member(world, part).start()
    },
  },
  'gateway-frozen': {
    parts: gatewayNames,
    strike: (world, part, random) => member(world, part).freeze(() => sleep(random.between(1000, 4000))),
  },
  'gateway-restarted': {
    parts: gatewayNames,
    async strike(world, part) {
      await member(world, part).terminate(world.graceMs)
      await member(world, part).start()
    },
  },
} as const satisfies Record<string, Fault>

function member({ members }: World, part: string): Member {
  const found = members.get(part as MemberName)
  if (found === undefined) throw new Error(`there is no ${part}`)
  return found
}
