import { abuseNames } from '../chaos/fairness/abuses/abuses.js'
import { runFairness } from '../chaos/fairness/fairness.js'
import type { Errands } from '../chaos/fairness/neighbour/errands.js'
import type { Sample } from '../chaos/fairness/neighbour/sample.js'
import { percentile } from '../chaos/fairness/percentile.js'
import { allowedListMs } from '../chaos/invariants/fair-shares/lists-are-answered.js'
import { atMost, type Section, table } from './report.js'

/**
 * What a tenant notices of another one that does its worst: the measure of the chaos suite as a table. It brings a world
 * of its own, so nothing of the benchmark's database is in it.
 */
export async function benchFairness({ seconds }: { seconds: number }): Promise<Section> {
  const run = { backend: 'postgres', abuses: abuseNames, seconds } as const
  const { measure } = await runFairness(run, (line) => process.stderr.write(`fairness: ${line}\n`))
  const { idle, rounds } = measure
  const bound = allowedListMs(idle.lists)
  const lines = [
    cells('nothing', idle.lists, idle.errands),
    ...rounds.map(({ abuse, during, errands }) => cells(abuse, during, errands)),
  ]
  return {
    title: 'Fair shares',
    text: `One gateway and one worker. A tenant asks for 20 lists a second in an open loop, ${seconds} s for each line, for exports and for archive
days, while another one does its worst with one key (\`test/chaos/fairness/abuses\`); its clients have a low priority.

${table(['what the other one does', 'p50 ms', 'p99 ms', 'refused', 'export waits', 'day waits'], lines)}`,
    targets: rounds.map(({ abuse, during }) =>
      atMost(`p99 of lists during ${abuse}`, p99(during), bound, 'ms'),
    ),
  }
}

const cells = (what: string, lists: readonly Sample[], { exportWaitMs, dayWaitMs }: Errands) => [
  what,
  percentile(times(lists), 50).toFixed(1),
  p99(lists).toFixed(1),
  lists.filter(({ outcome }) => outcome !== 200).length,
  waited(exportWaitMs),
  waited(dayWaitMs),
]

const p99 = (lists: readonly Sample[]): number => percentile(times(lists), 99)
const times = (lists: readonly Sample[]): number[] => lists.map(({ ms }) => ms)
const waited = (ms: number | null): string => (ms === null ? '**not served**' : `${(ms / 1000).toFixed(1)} s`)
