import { setTimeout as sleep } from 'node:timers/promises'
import type { ProxyMode } from '../../support/proxy/proxy.js'
import type { World } from '../world/world.js'
import type { Fault } from './fault.js'

const parts = ['storage'] as const

/** After so long nothing is on its way any more. */
export const LONGEST_LATE_MS = 14_000
const PATIENCE_MS = 10_000

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
  /** What was sent arrives when its sender, who tried three times, has long given up, and maybe another has finished. */
  'storage-late-put': {
    parts,
    strike: (world, _part, random) =>
      during(world, { how: 'late', ms: random.between(LONGEST_LATE_MS / 2, LONGEST_LATE_MS) }, 11_000),
  },
  /** Wakes in the middle of an export that another has taken over, while that one is still at it. */
  'worker-frozen-at-work': {
    parts,
    async strike(world, _part, random) {
      world.servers.storage.use({ how: 'slow', bytesPerSecond: 2_000_000 })
      try {
        const claim = await claimUnderWay(world)
        const holder = [...world.members.values()].find(({ pid }) => pid === claim.pid)
        await holder?.freeze(async () => {
          await takenOver(world, claim)
          await sleep(random.between(0, 1500))
        })
        // Both are at it for a while.
        await sleep(2000)
      } finally {
        world.servers.storage.use({ how: 'pass' })
      }
    },
  },
} as const satisfies Record<string, Fault>

async function during({ servers }: World, mode: ProxyMode, ms: number): Promise<void> {
  servers.storage.use(mode)
  await sleep(ms)
  servers.storage.use({ how: 'pass' })
}

interface ClaimUnderWay {
  id: string
  epoch: number
  pid: number
}

/** @throws Error when nobody is at work for a while */
async function claimUnderWay({ superuser }: World): Promise<ClaimUnderWay> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
    // A worker signs with its host, its process and a name of its own.
    const { rows } = await superuser.query<ClaimUnderWay>(
      `SELECT id, epoch, split_part(worker, ':', 2)::int AS pid FROM exports
       WHERE state = 'running' AND lease_until > clock_timestamp() ORDER BY lease_until DESC LIMIT 1`,
    )
    if (rows[0] !== undefined) return rows[0]
  }
  throw new Error('nobody is at work')
}

/** Waits until another has claimed it, or it is over. */
async function takenOver({ superuser }: World, { id, epoch }: ClaimUnderWay): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
    const mine = `SELECT FROM exports WHERE id = $1 AND epoch = $2 AND state = 'running'`
    if ((await superuser.query(mine, [id, epoch])).rowCount === 0) return
  }
}
