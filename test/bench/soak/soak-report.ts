import type { ProgramName } from '../../../tools/local-stack/programs.js'
import { atMost, type Section, table, type Target } from '../report.js'
import { UNIT } from './gateway-load.js'
import type { HeldCounts } from './holdings.js'
import type { Trend } from './trend.js'
import { CANCEL_EVERY, FAIL_EVERY, SMALL_EXPORTS } from './worker-load.js'

/** Anonymous memory that a process may gain from the first tenth of the work to its end, in MB of 10^6 bytes. */
const MOST_GAINED_MB = 15

/**
 * So many more of what a process holds may be open at the end: a pool or the sweeper may be about to close one. A leak of one
 * in each unit would be ninety.
 */
const MOST_MORE = 2

/** What the work of a long life did to a process. */
export interface Soaked {
  name: ProgramName
  trend: Trend
  /** What it holds while it has nothing to do, after a tenth of the work (another process, see `benchSoak`) and at its end. */
  held: { early: HeldCounts; late: HeldCounts }
}

export function soakSection(soaked: readonly Soaked[], units: number): Section {
  const memory = soaked.map(({ name, trend: { early, late, gained, slope, most } }) => [
    name,
    ...[early, late, gained].map((mb) => mb.toFixed(1)),
    slope.toFixed(1),
    most.toFixed(0),
    verdict(gained <= MOST_GAINED_MB),
  ])
  const held = soaked.flatMap(({ name, held: { early, late } }) =>
    Object.keys(late).map((what) => [
      `${name}, ${what}`,
      early[what] ?? 0,
      late[what] ?? 0,
      verdict(gainedOf(what, early, late) <= MOST_MORE),
    ]),
  )
  const { reads, events, creates, downloads, pages } = UNIT
  return {
    title: 'Soak',
    text: `\`npm run bench -- --only soak\`: what a worker and a gateway gain over ${units} units of work, each in one process that lives from the
first unit to the last. A unit of the worker is one export of 200,000 leads, of each format and gzip in turn, and ${SMALL_EXPORTS} of 100
leads; every ${CANCEL_EVERY}th unit a large export is cancelled while it is written, and in two of ${FAIL_EVERY} the store fails. A unit of the
gateway is ${reads} list reads, ${events} events, ${creates} creates, ${downloads} downloads through it, one of them broken off, and ${pages} archive pages.
MB of 10^6 bytes are of anonymous memory (RssAnon), which is read after each unit: the early figure is the median of the last
readings of the first tenth, and the late one of the last readings of all. The slope is by least squares over the units after
the first tenth. At most ${MOST_GAINED_MB} MB may be gained.

${table(['process', 'after a tenth, MB', 'at the end, MB', 'gained', 'MB per 100 units', 'most, MB', 'verdict'], memory)}

What the processes hold 15 s after their work, when they have nothing to do; the least of ten looks. The early counts are of
a worker and a gateway of their own that do a tenth of the work, because a process keeps memory that it counts its objects with. Of
each, at most ${MOST_MORE} may be more at the end, for pools open and close connections; a leak of one in each unit would be ${Math.round(0.9 * units)}.

${table(['what', 'after a tenth', 'at the end', 'verdict'], held)}`,
    targets: soaked.flatMap(targetsOf),
  }
}

const targetsOf = ({ name, trend, held: { early, late } }: Soaked): Target[] => [
  atMost(`${name}, memory gained in a long life`, trend.gained, MOST_GAINED_MB, 'MB'),
  ...Object.keys(late).map((what) =>
    atMost(`${name}, more ${what}`, gainedOf(what, early, late), MOST_MORE, ''),
  ),
]

const gainedOf = (what: string, early: HeldCounts, late: HeldCounts): number =>
  (late[what] ?? 0) - (early[what] ?? 0)

const verdict = (isMet: boolean): string => (isMet ? 'PASS' : '**FAIL**')
