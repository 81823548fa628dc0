import { ensureWorkspace, fillBench } from '../../../tools/demo/fill-bench.js'
import type { ProgramName } from '../../../tools/local-stack/programs.js'
import { KeysService, type Workspace, WorkspacesService } from '#tenancy'
import { ArchiveVisitor } from '../../support/archives/archive-visitor.js'
import { startProxy } from '../../support/proxy/proxy.js'
import { addArchive } from '../../support/samples/archive.js'
import { bodiesOf, newEventsWorkspace, tables } from '../events.js'
import { forgetExports } from '../exports/run-export.js'
import { answering, RATE_LIMIT_PER_MINUTE } from '../programs.js'
import type { Section } from '../report.js'
import { asSuperuser, type BenchStack, chatbotOf } from '../stack.js'
import { everyKind } from './cases.js'
import { type GatewayLoadTarget, gatewayUnit, UNIT } from './gateway-load.js'
import { heldBy, type HeldCounts } from './holdings.js'
import { allEnded } from './unfinished.js'
import { soakSection, type Soaked } from './soak-report.js'
import { trendOf } from './trend.js'
import { WatchedProgram } from './watched-program.js'
import { accept, type WorkerLoadTarget, workerUnit } from './worker-load.js'

/** Leads of an export whose file has several parts. */
export const LARGE = 200_000
const SMALL = 100

/**
 * What one worker and one gateway gain in memory over the work of a long life, and whether they hold more files, timers,
 * listeners and connections at its end. Both are the compiled programs as they are deployed, and live from the first unit
 * to the last.
 *
 * What they hold after a tenth of the work is told by another worker and gateway, which live no longer: a process walks its
 * whole heap to count its objects, and keeps some 14 MB that it needed for that.
 */
export async function benchSoak(stack: BenchStack, { units }: { units: number }): Promise<Section> {
  const leads = { large: await fill(stack, LARGE), small: await fill(stack, SMALL) }
  const young = await live(stack, leads, Math.floor(units / 10))
  const old = await live(stack, leads, units)
  const soaked = old.map(({ name, looks, held }, n): Soaked => {
    return { name, trend: trendOf(looks), held: { early: young[n]!.held, late: held } }
  })
  return soakSection(soaked, units)
}

interface Life {
  name: ProgramName
  /** Anonymous memory after each unit, in MB. */
  looks: number[]
  /** What it holds after the last one. */
  held: HeldCounts
}

/** So many units of work of a new worker, and then of a new gateway. */
async function live(
  stack: BenchStack,
  leads: Pick<WorkerLoadTarget, 'large' | 'small'>,
  units: number,
): Promise<Life[]> {
  const storage = await startProxy(stack.env['S3_ENDPOINT']!)
  // The sweeper finds an export that is due again within a second, so that no unit waits for it.
  const worker = WatchedProgram.start('worker', {
    ...stack.env,
    S3_ENDPOINT: storage.via(stack.env['S3_ENDPOINT']!),
    SWEEP_SECONDS: '1',
  })
  const gateway = WatchedProgram.start('gateway', { ...stack.env, DOWNLOADS: 'proxy', RATE_LIMIT_PER_MINUTE })
  const url = `http://127.0.0.1:${stack.env['PORT']}`
  try {
    await answering(`${url}/health/live`, gateway.child)
    const check = () => void worker.anonymousMb()
    const target: WorkerLoadTarget = { stack, url, storage, ...leads, check }
    const lives = [await lifeOf(stack, worker, units, (n) => workerUnit(target, n))]
    const gatewayTarget = await gatewayTargetOf(target, units)
    lives.push(await lifeOf(stack, gateway, units, (n) => gatewayUnit(gatewayTarget, n)))
    await forget(stack, gatewayTarget)
    return lives
  } finally {
    await Promise.all([worker.stop(), gateway.stop()])
    await storage.close()
    for (const { workspaceId } of Object.values(leads)) await forgetExports(stack, workspaceId)
  }
}

/** A workspace with so many leads, which may have many exports at a time. */
async function fill(stack: BenchStack, rows: number) {
  const filled = await fillBench(stack.database, rows, stack.superuserUrl)
  await stack.database.system.query(
    'UPDATE workspaces SET max_running_exports = 50, max_waiting_exports = 1000 WHERE id = $1',
    [filled.workspaceId],
  )
  return filled
}

async function lifeOf(
  stack: BenchStack,
  program: WatchedProgram,
  units: number,
  unit: (n: number) => Promise<void>,
): Promise<Life> {
  const looks: number[] = []
  for (let n = 0; n < units; n++) {
    await unit(n)
    looks.push(program.anonymousMb())
    process.stderr.write(`soak, ${program.name}: unit ${n + 1} of ${units}, ${looks.at(-1)!.toFixed(0)} MB\n`)
  }
  return { name: program.name, looks, held: await heldBy(stack, program) }
}

async function gatewayTargetOf(target: WorkerLoadTarget, units: number): Promise<GatewayLoadTarget> {
  const { stack, url, large } = target
  const taker = await newEventsWorkspace(stack)
  const archive = await archiveWorkspace(stack)
  const owner = { ownerName: 'Bench', ownerEmail: 'bench@example.com' }
  const { token } = await new KeysService(stack.database).issue(archive.id, { kind: 'app_token', ...owner })
  const visitor = new ArchiveVisitor(stack.env['PUBLIC_URL']!)
  const { status } = await visitor.login(token)
  if (status !== 303) throw new Error(`the login to the archive pages was answered ${status}`)
  return {
    url,
    leads: { ...large, chatbotId: await chatbotOf(stack, large.workspaceId) },
    creates: { apiKey: taker.key, chatbotId: await chatbotOf(stack, taker.workspaceId) },
    events: { ...taker, bodies: bodiesOf(units * UNIT.events, UNIT.events) },
    files: await filesToDownload(target),
    visitor,
    pages: [
      '/archives',
      '/archives?folder=leads%2F',
      '/archives?folder=messages%2F',
      '/archives?from=2024-01-01&to=2024-01-03',
    ],
  }
}

/** One of each kind, so that downloads differ in size. */
async function filesToDownload(target: WorkerLoadTarget): Promise<GatewayLoadTarget['files']> {
  const ids: string[] = []
  for (const kind of everyKind) ids.push(await accept(target, target.large, kind))
  await allEnded(target.stack, ids, target.check)
  const { rows } = await target.stack.database.system.query<{ id: string; bytes: string }>(
    'SELECT id, bytes FROM exports WHERE id = ANY ($1)',
    [ids],
  )
  return rows.map(({ id, bytes }) => ({ id, bytes: Number(bytes) }))
}

/** Filled once. */
async function archiveWorkspace(stack: BenchStack): Promise<Workspace> {
  const workspace = await ensureWorkspace(new WorkspacesService(stack.database), 'bench-soak-archive')
  await asSuperuser(stack, async (superuser) => {
    const there = 'SELECT FROM archive_files WHERE workspace_id = $1 LIMIT 1'
    if ((await superuser.query(there, [workspace.id])).rowCount === 1) return
    await addArchive(superuser, workspace.id, { models: ['leads', 'messages'], accounts: 250, days: 5 })
  })
  return workspace
}

/** The next run writes into a workspace of its own. */
async function forget(stack: BenchStack, { events }: GatewayLoadTarget): Promise<void> {
  await asSuperuser(stack, async (superuser) => {
    for (const table of [...tables].reverse())
      await superuser.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [events.workspaceId])
  })
}
