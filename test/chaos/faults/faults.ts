import type { Random } from '../../../tools/generate/prng.js'
import type { World } from '../world/world.js'
import { databaseFaults } from './database.js'
import { mailFaults } from './mail.js'
import { messageFaults } from './messages.js'
import { processFaults } from './processes.js'
import { storageFaults } from './storage.js'

/** Damage to one part of the world, which it gets over. */
export interface Fault {
  /** One of them is struck; faults of one part take turns. */
  parts: readonly [string, ...string[]]
  /** Does the damage, and has undone it when it is done. */
  strike(world: World, part: string, random: Random): Promise<void>
}

/** Everything that may go wrong. */
export const faults = {
  ...processFaults,
  ...databaseFaults,
  ...messageFaults,
  ...storageFaults,
  ...mailFaults,
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof faults
export const faultNames = Object.keys(faults) as FaultName[]
