import * as fc from 'fast-check'
import { type Call, callOf, curlOf } from './draft.js'
import type { Judge } from './judge.js'
import { type ApiDocument, operationsOf } from './operations.js'
import { Pools, type PoolValues } from './pools.js'
import { Hung, PATIENCE_MS, type Received, Sender } from './send.js'
import { draftOf, type Step, stepsOf } from './steps.js'

export interface FuzzTarget {
  origin: string
  document: ApiDocument
  key: string
  /** What requests may name: of the key's own workspace, and of another. */
  own: PoolValues
  other: PoolValues
  judge: Judge
}

export interface FuzzOptions {
  /** A 32-bit integer. The same seed makes the same requests, but for the ids in them. */
  seed: number
  /** At least so many: some are sent twice. */
  requests: number
  patienceMs?: number
}

export interface FuzzReport {
  requests: number
  seconds: number
  /** What replays it. */
  options: FuzzOptions
  /** By operation, how often which class of status came: `{ getLead: { '2xx': 3 } }`. */
  statuses: Record<string, Record<string, number>>
  /** Each with the request as a command. */
  failures: string[]
}

/** Requests that are under way at once, each lane one after another. */
const LANES = 8
/** A smaller failing request is looked for so many times. */
const SHRINKS = 200

/** Sends what the document describes, and what it does not, and judges every answer. */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, requests, patienceMs = PATIENCE_MS } = options
  const operations = operationsOf(target.document)
  const steps = fc.oneof(...operations.map((operation) => stepsOf(operation, target.document)))
  const report: FuzzReport = {
    options,
    requests: 0,
    seconds: 0,
    statuses: Object.fromEntries(operations.map(({ id }) => [id, {}])),
    failures: [],
  }
  const sender = new Sender(target.origin, patienceMs)
  const started = performance.now()
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    runLane(new Lane(target, sender, report), steps, {
      seed: (seed + lane) | 0,
      requests: Math.ceil(requests / LANES),
    }),
  )
  const failures = await Promise.all(lanes)
  sender.close()
  return {
    ...report,
    seconds: (performance.now() - started) / 1000,
    failures: failures.filter((failure) => failure !== null),
  }
}

/** @returns the smallest request that failed, and how; null when none did */
async function runLane(
  lane: Lane,
  steps: fc.Arbitrary<Step>,
  { seed, requests }: FuzzOptions,
): Promise<string | null> {
  const property = fc.asyncProperty(steps, (step) => lane.take(step))
  const { failed, errorInstance } = await fc.check(property, { seed, numRuns: requests })
  // A request that could not even be made is a fault of the fuzz, and ends a lane as well.
  return lane.failure ?? (failed ? `no request: ${String(errorInstance)}` : null)
}

/** One request after another, with what their answers brought. */
class Lane {
  failure: string | null = null
  private shrinks = 0
  private readonly pools: Pools

  constructor(
    private readonly target: FuzzTarget,
    private readonly sender: Sender,
    private readonly report: FuzzReport,
  ) {
    this.pools = new Pools(target.own, target.other)
  }

  /** @returns whether all is well: what fast-check asks again with smaller steps when it is not */
  async take(step: Step): Promise<boolean> {
    if (this.failure !== null && this.shrinks++ >= SHRINKS) return true
    const call = callOf(draftOf(step, this.pools, this.target.key))
    const first = this.faultsOf(call, step)
    if (step.again === 'then') await first
    const second = step.again === 'no' ? [] : await this.faultsOf(call, step)
    const faults = [...(await first), ...second]
    if (faults.length === 0) return true
    this.failure = [`${curlOf(this.target.origin, call)}${times(step)}`, ...faults].join('\n')
    return false
  }

  private async faultsOf(call: Call, { operation, mutations }: Step): Promise<string[]> {
    this.report.requests++
    try {
      const answer = await this.sender.send(call)
      if (mutations.length === 0) this.count(operation.id, answer)
      if (answer.status < 300) this.learn(operation.id, answer)
      return this.target.judge.faultsOf(call, answer)
    } catch (error) {
      // Smaller requests are not tried: each might hang as long.
      if (error instanceof Hung) this.shrinks = SHRINKS
      return [`no answer: ${String(error)}`]
    }
  }

  private count(operationId: string, { status }: Received): void {
    const counts = (this.report.statuses[operationId] ??= {})
    const kind = `${Math.floor(status / 100)}xx`
    counts[kind] = (counts[kind] ?? 0) + 1
  }

  private learn(operationId: string, { contentType, text }: Received): void {
    if (contentType?.includes('json') === true && text !== '') this.pools.learn(operationId, JSON.parse(text))
  }
}

const times = ({ again }: Step): string =>
  again === 'no' ? '' : again === 'then' ? '   # twice, one after the other' : '   # twice at once'

/** The operations that were never asked for anything they gave: of those the run proves nothing. */
export const refusedAtTheDoor = ({ statuses }: FuzzReport): string[] =>
  Object.entries(statuses)
    .filter(([, counts]) => counts['2xx'] === undefined && counts['3xx'] === undefined)
    .map(([id]) => id)

/** One line for who reads the run. */
export const summaryOf = ({ requests, seconds, failures, options }: FuzzReport): string =>
  `fuzz: ${requests.toLocaleString('en')} requests in ${seconds.toFixed(0)} s, ${failures.length} failures, ` +
  `seed ${options.seed} (FUZZ_SEED=${options.seed} FUZZ_REQUESTS=${options.requests} replays)`
