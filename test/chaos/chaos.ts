import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../../tools/generate/prng.js'
import type { Backend } from '../support/backend.js'
import { type Control, controls, type ControlName } from './controls/controls.js'
import { tamperingFor } from './controls/tampering.js'
import { type FaultName, everyFault, faults } from './faults/faults.js'
import type { AcceptedExport, Evidence, Finding } from './invariants/evidence.js'
import { invariants } from './invariants/invariants.js'
import { doubledMails } from './invariants/one-mail-per-ending.js'
import { Clients } from './load/clients.js'
import { tellConversations } from './load/conversations.js'
import { runLoad } from './load/load.js'
import { whileWritten } from './load/writers.js'
import { makePlan, type PlannedFault } from './plan.js'
import { settle } from './settle.js'
import { BUCKET, STORE_KEYS } from './world/servers.js'
import { startWorld, type World } from './world/world.js'

const MOST_TRIES = 5

export interface ChaosRun {
  seed: number
  backend: Backend
  exports: number
  faults: number
  control?: ControlName
}

export interface ChaosResult {
  /** The faults that did their damage. */
  struck: FaultName[]
  accepted: AcceptedExport[]
  findings: Finding[]
  /** How the exports went, counted in the database. */
  counts: Record<string, number>
  seconds: number
  /** What each process said. */
  logs: ReadonlyMap<string, string[]>
}

/** One world, from its start to the check of what is left of it. @param tell takes a line on what happens */
export async function runChaos(run: ChaosRun, tell: (line: string) => void): Promise<ChaosResult> {
  const started = Date.now()
  const control: Control | undefined = run.control === undefined ? undefined : controls[run.control]
  const plan = makePlan(run.seed, run, control?.faults ?? everyFault, control?.tenants)
  const world = await startWorld(run.backend, tamperingFor(control))
  try {
    const clients = new Clients(world.gatewayUrls)
    for (const tenant of world.tenants.slice(0, 2)) await tellConversations(tenant, clients)
    tell(
      `${plan.wishes.length} exports and ${plan.faults.length} faults within ${Math.round(plan.ms / 1000)} s`,
    )
    const { accepted, struck } = await whileWritten(world, clients, async () => {
      const [asked, done] = await Promise.all([
        runLoad(world, plan.wishes, clients),
        strikeAll(world, plan.faults, tell),
      ])
      tell('the faults are over')
      await settle(world, asked, clients)
      return { accepted: asked, struck: done }
    })
    tell('nothing moves any more')
    const evidence = evidenceOf(world, accepted)
    const findings: Finding[] = []
    for (const invariant of invariants) findings.push(...(await invariant.check(evidence)))
    for (const what of [
      ...clients.complaints,
      ...[...world.members.values()].flatMap((member) => member.complaints),
    ])
      findings.push({ invariant: 'nobody-complains', exportId: null, says: what })
    const counts = { ...(await countsOf(world)), 'doubled mails': await doubledMails(evidence) }
    return { struck, accepted, findings, counts, seconds: (Date.now() - started) / 1000, logs: evidence.logs }
  } finally {
    await world.stop()
  }
}

/** Each at its time; those that strike one part take turns. */
async function strikeAll(
  world: World,
  planned: readonly PlannedFault[],
  tell: (line: string) => void,
): Promise<FaultName[]> {
  const started = Date.now()
  const struck: FaultName[] = []
  const turns = new Map<string, Promise<void>>()
  for (const { atMs, name, part, seed } of planned) {
    await sleep(Math.max(0, started + atMs - Date.now()))
    const before = turns.get(part) ?? Promise.resolve()
    const turn = before.then(async () => {
      tell(`${((Date.now() - started) / 1000).toFixed(1)} s  ${name} (${part})`)
      if (await struckInTheEnd(() => faults[name].strike(world, part, new Random(seed)))) struck.push(name)
      else tell(`${name} (${part}) could not strike`)
    })
    turns.set(part, turn)
  }
  await Promise.all(turns.values())
  return struck
}

/** Another fault may be in its way: a database that is down can't lose its sessions. */
async function struckInTheEnd(strike: () => Promise<void>): Promise<boolean> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    try {
      await strike()
      return true
    } catch {
      await sleep(1000)
    }
  }
  return false
}

const evidenceOf = (world: World, accepted: AcceptedExport[]): Evidence => ({
  superuser: world.superuser,
  store: { endpoint: world.servers.s3.url, bucket: BUCKET, ...STORE_KEYS },
  mailbox: { url: world.servers.mailbox.url },
  logs: new Map([...world.members].map(([name, member]) => [name, member.allLines()])),
  accepted,
  secrets: [...world.secrets],
  addresses: world.tenants.map(({ owner }) => owner),
  apiUrl: world.gatewayUrls[0] ?? '',
})

async function countsOf({ superuser }: World): Promise<Record<string, number>> {
  const { rows } = await superuser.query<Record<string, number>>(`
    SELECT count(*)::int AS exports,
      count(*) FILTER (WHERE state = 'completed')::int AS completed,
      count(*) FILTER (WHERE state = 'failed')::int AS failed,
      count(*) FILTER (WHERE state = 'cancelled')::int AS cancelled,
      count(*) FILTER (WHERE state = 'expired')::int AS expired,
      sum(epoch)::int AS attempts, sum(crashes)::int AS crashes, sum(deferrals)::int AS deferrals, sum(retries)::int AS retries,
      (SELECT count(*) FROM mail_outbox)::int AS mails, (SELECT sum(attempts) FROM mail_outbox)::int AS "mail attempts"
    FROM exports`)
  return rows[0] ?? {}
}
