import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Backend } from '../../support/backend.js'
import type { Finding } from '../invariants/evidence.js'
import { fairShares } from '../invariants/fair-shares/fair-shares.js'
import { Clients } from '../load/clients.js'
import { tellConversations } from '../load/conversations.js'
import type { Tenant } from '../world/tenants.js'
import type { AbuseTask } from './abuse-process.js'
import type { AbuseName } from './abuses/abuses.js'
import { type FairnessControlName, fairnessControls } from './controls.js'
import { HelperProcess } from '../helper-process.js'
import type { FairnessMeasure, Round } from './measure.js'
import { type Errands, runErrands, worstErrands } from './neighbour/errands.js'
import type { Sample } from './neighbour/sample.js'
import type { Outcomes } from './outcome.js'
import { type FairnessWorld, startFairnessWorld } from './world.js'

export interface FairnessRun {
  backend: Backend
  abuses: readonly AbuseName[]
  /** Of the idle phase, and of each abuse; half of it follows each abuse. */
  seconds: number
  control?: FairnessControlName
}

export interface FairnessResult {
  measure: FairnessMeasure
  findings: Finding[]
  seconds: number
  logs: ReadonlyMap<string, string[]>
}

/** How long an errand may take beyond its phase before it counts as not done. */
const PATIENCE_MS = 20_000
/** The first day that is over and that no abuse is about; each errand takes the day before the last one's. */
const FIRST_DAY_AGO = 3
/** When errands begin, as parts of a phase: some wait for what was begun before them. */
const ERRANDS_AT = [0.1, 0.5, 0.9]
/** Caches and plans are made before anything counts. */
const WARM_UP_MS = 3000

/** One run, from the start of its world to the judgement. @param tell takes a line on what happens */
export async function runFairness(
  { backend, abuses, seconds, control }: FairnessRun,
  tell: (line: string) => void,
): Promise<FairnessResult> {
  const started = Date.now()
  const guard = control === undefined ? undefined : fairnessControls[control]
  const fair = await startFairnessWorld(backend, abuses, guard)
  try {
    const measure = await measured(fair, abuses, seconds * 1000, tell)
    const findings = fairShares.flatMap((invariant) => invariant.check(measure))
    const { members } = fair.world
    for (const { complaints } of members.values())
      for (const says of complaints) findings.push({ invariant: 'nobody-complains', exportId: null, says })
    const logs = new Map([...members].map(([name, member]) => [name, member.allLines()]))
    return { measure, findings, seconds: (Date.now() - started) / 1000, logs }
  } finally {
    await fair.world.stop()
  }
}

interface Phase {
  from: number
  to: number
}

/** A round whose lists are still to be told from those of the others. */
type UnsortedRound = Omit<Round, 'during' | 'after'> & { abused: Phase; recovered: Phase }

async function measured(
  fair: FairnessWorld,
  abuses: readonly AbuseName[],
  ms: number,
  tell: (line: string) => void,
): Promise<FairnessMeasure> {
  const { world, neighbour, targetOf } = fair
  await tellConversations(neighbour, new Clients(world.gatewayUrls))
  const target = targetOf(neighbour)
  const reader = await HelperProcess.start<Sample[]>(
    'test/chaos/fairness/neighbour/reader-process.js',
    target,
  )
  try {
    reader.begin()
    await sleep(WARM_UP_MS)
    tell('idle')
    let daysAgo = FIRST_DAY_AGO
    const errand = () => runErrands(target, world.superuser, daysAgo++, ms + PATIENCE_MS)
    // The first errand warms up what the others measure.
    await errand()
    const errands = async () =>
      worstErrands(await Promise.all(ERRANDS_AT.map((part) => sleep(ms * part).then(errand))))
    const idle = await phase(ms, errands)
    const unsorted: UnsortedRound[] = []
    for (const abuse of abuses) {
      tell(abuse)
      unsorted.push(await round(fair, abuse, ms, errands))
    }
    const samples = await reader.end()
    const within = ({ from, to }: Phase) => samples.filter(({ at }) => at >= from && at < to)
    return {
      idle: { lists: within(idle.span), errands: idle.found },
      rounds: unsorted.map(({ abused, recovered, ...rest }) => ({
        ...rest,
        during: within(abused),
        after: within(recovered),
      })),
    }
  } finally {
    reader.kill()
  }
}

async function round(
  { world, abusers, targetOf }: FairnessWorld,
  abuse: AbuseName,
  ms: number,
  errands: () => Promise<Errands>,
): Promise<UnsortedRound> {
  const abuser = abusers.get(abuse)
  if (abuser === undefined) throw new Error(`${abuse} has no workspace`)
  const task: AbuseTask = { abuse, target: targetOf(abuser) }
  const load = await HelperProcess.start<Outcomes>('test/chaos/fairness/abuse-process.js', task)
  try {
    load.begin()
    const waiting = errands()
    const { span: abused } = await phase(ms, () => Promise.resolve())
    const outcomes = await load.end()
    const after = await phase(ms / 2, () => waiting)
    const longestExportMs = await longestExport(world.superuser, abuser)
    await cancelWaitingExports(world.superuser, abuser)
    return { abuse, errands: after.found, longestExportMs, outcomes, abused, recovered: after.span }
  } finally {
    load.kill()
  }
}

/** A phase of at least so many milliseconds, as long as the work in it takes. */
async function phase<T>(ms: number, work: () => Promise<T>): Promise<{ span: Phase; found: T }> {
  const from = Date.now()
  const [found] = await Promise.all([work(), sleep(ms)])
  return { span: { from, to: Date.now() }, found }
}

async function longestExport(superuser: pg.Pool, { id }: Tenant): Promise<number> {
  const { rows } = await superuser.query<{ ms: number }>(
    `SELECT coalesce(1000 * extract(epoch FROM max(coalesce(finished_at, clock_timestamp()) - started_at)), 0)::float8 AS ms
     FROM exports WHERE workspace_id = $1 AND started_at IS NOT NULL`,
    [id],
  )
  return rows[0]?.ms ?? 0
}

/** The next round is to find an idle worker. */
async function cancelWaitingExports(superuser: pg.Pool, { id }: Tenant): Promise<void> {
  await superuser.query(
    `UPDATE exports SET state = 'cancelled', finished_at = clock_timestamp() WHERE workspace_id = $1 AND state = 'queued'`,
    [id],
  )
}
