import type { Random } from '../../../tools/generate/prng.js'
import type { World } from '../world/world.js'

/** Damage to one part of the world, which it gets over. */
export interface Fault {
  /** One of them is struck; faults of one part take turns. */
  parts: readonly [string, ...string[]]
  /** Does the damage, and has undone it when it is done. */
  strike(world: World, part: string, random: Random): Promise<void>
}
