import { type Choices, Random } from '../../tools/generate/prng.js'
import { type FaultName, faults } from './faults/faults.js'
import { type ExportWish, wish } from './load/wishes.js'
import type { TenantName } from './world/tenants.js'

/** A fault strikes about as often as this. */
const BETWEEN_FAULTS_MS = 1800
/** As often as this an export is asked for, at least. */
const BETWEEN_EXPORTS_MS = 400
/** The first and last seconds are quiet, so that faults strike while there is something to strike. */
const QUIET_MS = 1500

export interface PlannedFault {
  atMs: number
  name: FaultName
  part: string
  /** Of what it chooses when it strikes. */
  seed: number
}

/** What happens, and when: all of it comes from the seed. What the machine makes of it does not. */
export interface Plan {
  seed: number
  ms: number
  faults: PlannedFault[]
  wishes: ExportWish[]
}

/** @param kinds strike by turns until each had one, then at random; all of them in a run of enough faults */
export function makePlan(
  seed: number,
  counts: { exports: number; faults: number },
  kinds: Choices<FaultName>,
  tenants?: Choices<TenantName>,
): Plan {
  const random = new Random(seed)
  const ms = QUIET_MS * 2 + Math.max(counts.faults * BETWEEN_FAULTS_MS, counts.exports * BETWEEN_EXPORTS_MS)
  const names = [
    ...shuffled(kinds, random),
    ...Array.from({ length: counts.faults }, () => random.pick(kinds)),
  ]
  const plannedFaults = names.slice(0, counts.faults).map((name): PlannedFault => {
    const atMs = random.between(QUIET_MS, ms - QUIET_MS)
    return { atMs, name, part: random.pick(faults[name].parts), seed: random.between(0, 2 ** 31) }
  })
  const wishes = Array.from({ length: counts.exports }, () => wish(random.between(0, ms), random, tenants))
  const byTime = (a: { atMs: number }, b: { atMs: number }) => a.atMs - b.atMs
  return { seed, ms, faults: plannedFaults.sort(byTime), wishes: wishes.sort(byTime) }
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((entry) => ({ entry, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ entry }) => entry)
}
