import { during } from './during.js'
import type { Fault } from './fault.js'

const parts = ['storage'] as const

/** After so long nothing is on its way any more. */
export const LONGEST_LATE_MS = 14_000

export const storageFaults = {
  'storage-refuses': {
    parts,
    strike: (world, _part, random) =>
      during(world.servers.storage, { how: 'refuse' }, random.between(1000, 5000)),
  },
  'storage-cut': {
    parts,
    strike: (world, _part, random) =>
      during(world.servers.storage, { how: 'cut', afterBytes: random.between(1, 4_000_000), times: 3 }, 5000),
  },
  /** Longer than a call waits for it. */
  'storage-stalls': {
    parts,
    strike: (world, _part, random) =>
      during(world.servers.storage, { how: 'stall' }, random.between(2000, 7000)),
  },
  'storage-slow': {
    parts,
    strike: (world, _part, random) =>
      during(
        world.servers.storage,
        { how: 'slow', bytesPerSecond: random.between(100_000, 1_000_000) },
        random.between(4000, 8000),
      ),
  },
  /** It does what it is told, and the answer is lost. */
  'storage-half-answers': {
    parts,
    strike: (world, _part, random) =>
      during(world.servers.storage, { how: 'halfAnswer', bytes: random.between(0, 200), times: 3 }, 4000),
  },
  /** What was sent arrives when its sender, who tried three times, has long given up, and maybe another has finished. */
  'storage-late-put': {
    parts,
    strike: (world, _part, random) =>
      during(
        world.servers.storage,
        { how: 'late', ms: random.between(LONGEST_LATE_MS / 2, LONGEST_LATE_MS) },
        11_000,
      ),
  },
} as const satisfies Record<string, Fault>
