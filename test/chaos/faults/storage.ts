import { setTimeout as sleep } from 'node:timers/promises'
import type { ProxyMode } from '../../support/proxy/proxy.js'
import type { World } from '../world/world.js'
import type { Fault } from './fault.js'

const parts = ['storage'] as const

export const storageFaults = {
  'storage-refuses': {
    parts,
    strike: (world, _part, random) => during(world, { how: 'refuse' }, random.between(1000, 5000)),
  },
  'storage-cut': {
    parts,
    strike: (world, _part, random) =>
      during(world, { how: 'cut', afterBytes: random.between(1, 4_000_000), times: 3 }, 5000),
  },
  /** Longer than a call waits for it. */
  'storage-stalls': {
    parts,
    strike: (world, _part, random) => during(world, { how: 'stall' }, random.between(2000, 7000)),
  },
  'storage-slow': {
    parts,
    strike: (world, _part, random) =>
      during(
        world,
        { how: 'slow', bytesPerSecond: random.between(100_000, 1_000_000) },
        random.between(4000, 8000),
      ),
  },
  /** It does what it is told, and the answer is lost. */
  'storage-half-answers': {
    parts,
    strike: (world, _part, random) =>
      during(world, { how: 'halfAnswer', bytes: random.between(0, 200), times: 3 }, 4000),
  },
  /** What was sent arrives when its sender has long given up. */
  'storage-late-put': {
    parts,
    async strike(world, _part, random) {
      const ms = random.between(4000, 8000)
      await during(world, { how: 'late', ms }, 5000)
      // Nothing may be on its way any more when this fault is called over.
      await sleep(ms + 4000)
    },
  },
} as const satisfies Record<string, Fault>

async function during({ servers }: World, mode: ProxyMode, ms: number): Promise<void> {
  servers.storage.use(mode)
  await sleep(ms)
  servers.storage.use({ how: 'pass' })
}
