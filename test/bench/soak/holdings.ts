import { setTimeout as sleep } from 'node:timers/promises'
import { asSuperuser, type BenchStack } from '../stack.js'
import type { WatchedProgram } from './watched-program.js'

/** Until connections that nobody uses are closed: those of the pools after 10 s, those of HTTP after 5. */
const SETTLE_MS = 15_000
/** What a janitor or a heartbeat opens for a moment is not counted: the least of so many looks is. */
const LOOKS = 10
const LOOK_EVERY_MS = 300

/** What a process holds while it has nothing to do, by name. */
export type HeldCounts = Record<string, number>

/** Waits until the process has settled, and counts what it holds. */
export async function heldBy(stack: BenchStack, program: WatchedProgram): Promise<HeldCounts> {
  await sleep(SETTLE_MS)
  const looks: HeldCounts[] = []
  for (let look = 0; look < LOOKS; look++) {
    looks.push(await countHeld(stack, program))
    await sleep(LOOK_EVERY_MS)
  }
  const names = [...new Set(looks.flatMap(Object.keys))]
  return Object.fromEntries(names.map((name) => [name, Math.min(...looks.map((held) => held[name] ?? 0))]))
}

async function countHeld(stack: BenchStack, program: WatchedProgram): Promise<HeldCounts> {
  const { resources, signals, listeners, leakWarnings } = await program.holdings()
  const { Timeout = 0, ...others } = resources
  return {
    'file descriptors': program.fileDescriptors(),
    timers: Timeout,
    'other active resources': Object.values(others).reduce((sum, count) => sum + count, 0),
    'connections to PostgreSQL': await connectionsOf(stack, program.applicationName),
    'living AbortSignals': signals,
    'listeners to EventTargets': listeners,
    'warnings of too many listeners': leakWarnings,
  }
}

const connectionsOf = (stack: BenchStack, name: string): Promise<number> =>
  asSuperuser(stack, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = $1',
      [name],
    )
    return rows[0]?.count ?? NaN
  })
