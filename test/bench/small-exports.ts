import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { fillBench } from '../../tools/demo/fill-bench.js'
import { freePort } from '../../tools/local-stack/ports.js'
import { projectRoot } from '../../tools/local-stack/project-root.js'
import { findRedisBinary } from '../../tools/local-stack/redis/find-redis.js'
import { startRedis } from '../../tools/local-stack/redis/start-redis.js'
import { median } from './measure.js'
import { atMost, type Section, table } from './report.js'
import { asSuperuser, type BenchStack } from './stack.js'
import { startGateway, startWorker } from './programs.js'

const ROWS = 100
const WARM_UPS = 30
/** Long enough for the mail of the one before to be sent, and not always the same: nothing may fall into step. */
const PAUSE_MS = [50, 200] as const
/** A connection that nobody used for so long may have been closed. */
const SILENCE_MS = 12_000
const WITHIN_MS = 30_000
const CHANNEL = 'bench_completed'

/** Milliseconds. `whole` is from sending the request to hearing of the commit that completed the export. */
interface Trip {
  whole: number
  steps: Record<Step, number>
}

const steps = ['accepted', 'claimed', 'snapshot', 'verified', 'committed'] as const
type Step = (typeof steps)[number]

interface SmallExports {
  queue: 'redis' | 'postgres'
  /** Milliseconds from accept to completed. */
  p50: number
  p99: number
  /** Of those after a silence. */
  afterSilence: number
  trips: readonly Trip[]
}

/**
 * How long an export of 100 rows takes while nothing else is under way, on both queues: from sending the POST to the
 * commit that completes it, its object verified in the store.
 */
export async function benchSmallExports(
  stack: BenchStack,
  { exports, turns }: { exports: number; turns: number },
): Promise<Section> {
  const redis = await redisIn(join(projectRoot(), '.cache', 'bench', 'redis'))
  try {
    const queues = [
      { queue: 'postgres' as const, env: stack.env, trips: noTrips() },
      { queue: 'redis' as const, env: { ...stack.env, QUEUE_URL: redis.url }, trips: noTrips() },
    ]
    for (let turn = 1; turn <= turns; turn++) {
      for (const { queue, env, trips } of queues) {
        const { close, afterSilence } = await measure({ ...stack, env }, Math.ceil(exports / turns))
        trips.close.push(...close)
        trips.afterSilence.push(...afterSilence)
        const ms = median(close.map(({ whole }) => whole)).toFixed(0)
        process.stderr.write(`small exports, turn ${turn} of ${turns}: queue on ${queue} ${ms} ms\n`)
      }
    }
    return sectionOf(
      queues.map(({ queue, trips }) => resultOf(queue, trips)),
      turns,
    )
  } finally {
    await redis.stop()
  }
}

function resultOf(queue: SmallExports['queue'], { close, afterSilence }: Trips): SmallExports {
  const whole = close.map((trip) => trip.whole).sort((a, b) => a - b)
  return {
    queue,
    p50: quantile(whole, 0.5),
    p99: quantile(whole, 0.99),
    afterSilence: median(afterSilence.map((trip) => trip.whole)),
    trips: close,
  }
}

async function redisIn(dir: string) {
  const binary = await findRedisBinary()
  if (binary.kind === 'none') throw new Error(`no Redis: ${binary.reason}`)
  return startRedis({ binary, port: await freePort(), portVariable: 'any', dir })
}

interface Trips {
  /** One soon after the other. */
  close: Trip[]
  afterSilence: Trip[]
}

const noTrips = (): Trips => ({ close: [], afterSilence: [] })

async function measure(stack: BenchStack, exports: number): Promise<Trips> {
  const { apiKey } = await fillBench(stack.database, ROWS, stack.superuserUrl)
  const gateway = await startGateway(stack.env)
  const worker = startWorker(stack.env)
  try {
    return await asSuperuser(stack, async (client) => {
      const completions = await Completions.listen(client)
      try {
        const trip = () => travel(`${gateway.url}/api/v1/exports`, apiKey, completions)
        return await makeTrips(trip, exports)
      } finally {
        await completions.close()
      }
    })
  } finally {
    await Promise.all([gateway.stop(), worker.stop()])
  }
}

async function makeTrips(trip: () => Promise<Trip>, exports: number): Promise<Trips> {
  const trips = noTrips()
  for (let n = -WARM_UPS; n < exports; n++) {
    const one = await trip()
    if (n >= 0) trips.close.push(one)
    await sleep(PAUSE_MS[0] + Math.random() * (PAUSE_MS[1] - PAUSE_MS[0]))
  }
  await sleep(SILENCE_MS)
  trips.afterSilence.push(await trip())
  return trips
}

async function travel(url: string, apiKey: string, completions: Completions): Promise<Trip> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ dataset: 'leads', format: 'csv' })
  const sentAt = now()
  const answer = await fetch(url, { method: 'POST', headers, body })
  if (answer.status !== 202) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  const { id } = (await answer.json()) as { id: string }
  const { heardAt, at, rows } = await completions.of(id)
  if (rows !== ROWS) throw new Error(`the export has ${rows} rows, not ${ROWS}`)
  const times = [sentAt, at.accepted, at.started, at.snapshot, at.finished, heardAt]
  const took = (_: Step, i: number) => times[i + 1]! - times[i]!
  return {
    whole: heardAt - sentAt,
    steps: Object.fromEntries(steps.map((step, i) => [step, took(step, i)])) as Record<Step, number>,
  }
}

/** Milliseconds since 1970, and fractions of one; the database runs by the same clock. */
const now = () => performance.timeOrigin + performance.now()

interface Completion {
  id: string
  /** Milliseconds since 1970, by the database. */
  at: Record<'accepted' | 'started' | 'snapshot' | 'finished', number>
  rows: number
}

type Heard = Completion & { heardAt: number }

/**
 * Tells of exports that were completed as soon as PostgreSQL has committed it: a trigger of the benchmark's own notifies,
 * and a notification leaves with the commit. Asking again and again would cost what is measured.
 */
class Completions {
  private readonly heard = new Map<string, Heard>()
  private readonly waiting = new Map<string, (heard: Heard) => void>()

  private constructor(private readonly client: pg.Client) {
    client.on('notification', ({ payload = '' }) => {
      const heardAt = now()
      const heard = { ...(JSON.parse(payload) as Completion), heardAt }
      this.heard.set(heard.id, heard)
      this.waiting.get(heard.id)?.(heard)
    })
  }

  /** @param client a superuser's */
  static async listen(client: pg.Client): Promise<Completions> {
    const completions = new Completions(client)
    await client.query(`${dropTrigger}; ${createTrigger}; LISTEN ${CHANNEL}`)
    return completions
  }

  async of(id: string): Promise<Heard> {
    const early = this.heard.get(id)
    if (early !== undefined) return early
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`${id} was not completed within ${WITHIN_MS} ms`))
      const timer = setTimeout(late, WITHIN_MS)
      this.waiting.set(id, (heard) => {
        clearTimeout(timer)
        resolve(heard)
      })
    })
  }

  async close(): Promise<void> {
    await this.client.query(dropTrigger)
  }
}

const dropTrigger = `
  DROP TRIGGER IF EXISTS ${CHANNEL} ON exports; DROP FUNCTION IF EXISTS ${CHANNEL}`

const createTrigger = `
  CREATE FUNCTION ${CHANNEL}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE ms CONSTANT float8 := 1000;
    BEGIN
      PERFORM pg_notify('${CHANNEL}', json_build_object('id', NEW.id, 'rows', NEW.rows_done, 'at', json_build_object(
        'accepted', ms * extract(epoch FROM NEW.accepted_at)::float8,
        'started', ms * extract(epoch FROM NEW.started_at)::float8,
        'snapshot', ms * extract(epoch FROM NEW.snapshot_at)::float8,
        'finished', ms * extract(epoch FROM NEW.finished_at)::float8))::text);
      RETURN NULL;
    END $$;
  CREATE TRIGGER ${CHANNEL} AFTER UPDATE ON exports FOR EACH ROW
    WHEN (OLD.state = 'running' AND NEW.state = 'completed') EXECUTE FUNCTION ${CHANNEL}()`

/** @param sorted ascending */
const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)]!

function sectionOf(results: readonly SmallExports[], turns: number): Section {
  const lines = results.map(({ queue, p50, p99, afterSilence, trips }) => [
    queue,
    ...[p50, p99, afterSilence].map((ms) => ms.toFixed(0)),
    ...steps.map((step) => median(trips.map((trip) => trip.steps[step])).toFixed(1)),
  ])
  return {
    title: 'Small exports',
    text: `Milliseconds from sending the POST for a csv of ${ROWS} rows to the commit that completes it, its object verified in the store:
${results[0]!.trips.length} on each queue, one at a time, ${PAUSE_MS.join(' to ')} ms apart, in ${turns} turns of the one queue and the other, each turn by a gateway and
a worker of its own. Silent: the median of the last of each turn, after ${SILENCE_MS / 1000} s without any. Then the medians of each step.

${table(['queue', 'p50', 'p99', 'silent', ...steps], lines)}`,
    targets: results.flatMap(({ queue, p50, p99 }) => [
      atMost(`csv of ${ROWS} rows, idle, p50, queue on ${queue}`, p50, 60, 'ms'),
      atMost(`csv of ${ROWS} rows, idle, p99, queue on ${queue}`, p99, 150, 'ms'),
    ]),
  }
}
