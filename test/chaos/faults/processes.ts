import { setTimeout as sleep } from 'node:timers/promises'
import type { Member, MemberName } from '../world/fleet.js'
import { gatewayNames, LEASE_SECONDS, workerNames, type World } from '../world/world.js'
import type { Fault } from './fault.js'

const PATIENCE_MS = 10_000

/** Longer than the lease, so that another has taken over when it comes to. */
const pastTheLease = [LEASE_SECONDS * 1000 + 1000, LEASE_SECONDS * 1000 + 4000] as const

export const processFaults = {
  'worker-killed': {
    parts: workerNames,
    strike: (world, part, random) => killed(member(world, part), random.between(100, 2000)),
  },
  'worker-frozen': {
    parts: workerNames,
    strike: (world, part, random) => member(world, part).freeze(() => sleep(random.between(...pastTheLease))),
  },
  /** Wakes in the middle of an export that another has taken over, while that one is still at it. */
  'worker-frozen-at-work': {
    // It needs the store to be slow meanwhile.
    parts: ['storage'],
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
  'worker-restarted': {
    parts: workerNames,
    strike: (world, part) => restarted(member(world, part), world.graceMs),
  },
  'gateway-killed': {
    parts: gatewayNames,
    strike: (world, part, random) => killed(member(world, part), random.between(100, 1000)),
  },
  'gateway-frozen': {
    parts: gatewayNames,
    strike: (world, part, random) => member(world, part).freeze(() => sleep(random.between(1000, 4000))),
  },
  'gateway-restarted': {
    parts: gatewayNames,
    strike: (world, part) => restarted(member(world, part), world.graceMs),
  },
} as const satisfies Record<string, Fault>

function member({ members }: World, part: string): Member {
  const found = members.get(part as MemberName)
  if (found === undefined) throw new Error(`there is no ${part}`)
  return found
}

async function killed(program: Member, downMs: number): Promise<void> {
  await program.kill()
  await sleep(downMs)
  await program.start()
}

async function restarted(program: Member, graceMs: number): Promise<void> {
  await program.terminate(graceMs)
  await program.start()
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
