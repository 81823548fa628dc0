import { databaseFaults } from './database.js'
import type { Fault } from './fault.js'
import { mailFaults } from './mail.js'
import { messageFaults } from './messages.js'
import { processFaults } from './processes.js'
import { storageFaults } from './storage.js'

/** Everything that may go wrong. */
export const faults = {
  ...processFaults,
  ...databaseFaults,
  ...messageFaults,
  ...storageFaults,
  ...mailFaults,
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof faults
export const everyFault = Object.keys(faults) as [FaultName, ...FaultName[]]
