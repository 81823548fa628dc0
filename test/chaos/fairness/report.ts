import type { FairnessResult } from './fairness.js'
import type { Errands } from './neighbour/errands.js'
import type { Sample } from './neighbour/sample.js'
import { type Outcomes, count } from './outcome.js'
import { percentile } from './percentile.js'

/** What a run measured, for people: a line for each phase. */
export function fairnessReport({ measure, findings, seconds }: FairnessResult): string {
  const { idle, rounds } = measure
  const lines = [
    line('idle', idle.lists, errandsOf(idle.errands)),
    ...rounds.flatMap(({ abuse, during, after, errands, outcomes, longestExportMs }) => [
      line(abuse, during, errandsOf(errands)),
      line('  after it', after, ''),
      `    its own requests: ${listed(outcomes)}${longestExportMs > 0 ? `; longest export ${whole(longestExportMs)} ms` : ''}`,
    ]),
    ...findings.map(({ invariant, says }) => `${invariant}: ${says}`),
    `${whole(seconds)} s`,
  ]
  return lines.map((text) => `  ${text}`).join('\n')
}

function line(name: string, samples: readonly Sample[], rest: string): string {
  const times = samples.map(({ ms }) => ms)
  const outcomes: Outcomes = {}
  for (const { outcome } of samples) count(outcomes, outcome)
  const [p50, p99, most] = [50, 99, 100].map((percent) => percentile(times, percent).toFixed(1))
  return `${name.padEnd(18)} p50 ${p50} ms, p99 ${p99} ms, max ${most} ms; ${listed(outcomes)}${rest}`
}

const errandsOf = ({ exportWaitMs, dayWaitMs, refusals }: Errands): string =>
  [`; export waited ${waited(exportWaitMs)}`, `day ${waited(dayWaitMs)}`, ...refusals].join(', ')

const waited = (ms: number | null): string => (ms === null ? 'for ever' : `${whole(ms)} ms`)
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const listed = (outcomes: Outcomes): string =>
  Object.entries(outcomes)
    .map(([outcome, times]) => `${times} × ${outcome}`)
    .join(', ')
