import { parseArgs } from 'node:util'
import type { Backend } from '../support/backend.js'
import { type ControlName, controlNames } from './controls/controls.js'
import { abuseNames, type AbuseName } from './fairness/abuses/abuses.js'
import { type FairnessControlName, fairnessControlNames } from './fairness/controls.js'

const parts = ['faults', 'fairness'] as const
type Part = (typeof parts)[number]

export const USAGE = `npm run test:chaos -- --exports 200 --faults 44

Accepts exports while it kills, freezes, cuts and restarts what they need, and checks afterwards, from outside, that
every one of them has ended as was promised. Then lets one tenant do its worst with one key, in every way that is known,
and measures how that changes the lists, the exports and the archives of another.

  --only fairness     one of the two: ${parts.join(' or ')}
  --backend both      redis, postgres or both; postgres with --control, and for fairness
  --control fence     switches a guard off and expects to find the damage: one of ${controlNames.join(', ')} (faults),
                      ${fairnessControlNames.join(', ')} (fairness), or all

faults:
  --exports 200       how many are accepted, on each backend; 24 with --control
  --faults 44         how many faults strike meanwhile; 8 with --control
  --seed 7            the same plan of faults and requests again; printed where it is not given
  --seeds 5           so many runs, with seeds that follow one another

fairness:
  --abuse all         some of ${abuseNames.join(', ')}
  --seconds 15        how long each abuse lasts, and the idle phase before the first; half as long follows each`

export interface FaultOptions {
  exports: number
  faults: number
  seeds: number[]
  backends: Backend[]
  /** Empty: nothing is switched off, and nothing may be found. */
  controls: ControlName[]
}

export interface FairnessOptions {
  abuses: readonly AbuseName[]
  seconds: number
  backends: Backend[]
  /** Empty: nothing is switched off, and nothing may be found. */
  controls: FairnessControlName[]
}

/** Null: that part does not run. */
export interface ChaosOptions {
  faults: FaultOptions | null
  fairness: FairnessOptions | null
}

const proof = { exports: '200', faults: '44', backend: 'both' }
const enoughForAControl = { exports: '24', faults: '8', backend: 'postgres' }

/**
 * What a command line asks for.
 * @param anySeed taken where none is given
 * @throws Error that names the option
 */
export function readOptions(args: string[], anySeed: number): ChaosOptions {
  const values = parse(args)
  const wanted = partsOf(values.only, values.control)
  return {
    faults: wanted.has('faults') ? faultOptions(values, anySeed) : null,
    fairness: wanted.has('fairness') ? fairnessOptions(values) : null,
  }
}

const parse = (args: string[]) =>
  parseArgs({
    args,
    options: {
      only: { type: 'string' },
      backend: { type: 'string' },
      control: { type: 'string' },
      exports: { type: 'string' },
      faults: { type: 'string' },
      seed: { type: 'string' },
      seeds: { type: 'string', default: '1' },
      abuse: { type: 'string', default: 'all' },
      seconds: { type: 'string', default: '15' },
    },
  }).values

type Values = ReturnType<typeof parse>

/** A control is of one part, so the other one does not run with it. */
function partsOf(only: string | undefined, control: string | undefined): ReadonlySet<Part> {
  const asked = parts.filter((part) => only === undefined || part === only)
  if (asked.length === 0) throw new Error(`--only must be ${parts.join(' or ')}`)
  if (control === undefined || control === 'all') return new Set(asked)
  const names: Record<Part, readonly string[]> = { faults: controlNames, fairness: fairnessControlNames }
  const owners = asked.filter((part) => names[part].includes(control))
  const known = asked.flatMap((part) => names[part])
  if (owners.length === 0) throw new Error(`--control must be one of ${known.join(', ')}, or all`)
  return new Set(owners)
}

function faultOptions(values: Values, anySeed: number): FaultOptions {
  const first = values.seed === undefined ? anySeed : whole('seed', values.seed, 0, 2 ** 32 - 1)
  const controls = chosen(values.control, controlNames)
  const usual = controls.length === 0 ? proof : enoughForAControl
  return {
    exports: whole('exports', values.exports ?? usual.exports, 1, 100_000),
    faults: whole('faults', values.faults ?? usual.faults, 0, 10_000),
    seeds: Array.from({ length: whole('seeds', values.seeds, 1, 1000) }, (_, n) => (first + n) % 2 ** 32),
    backends: backendsOf(values.backend ?? usual.backend),
    controls,
  }
}

function fairnessOptions({ abuse, seconds, backend, control }: Values): FairnessOptions {
  return {
    abuses: abuse.split(',').flatMap(abusesOf),
    seconds: whole('seconds', seconds, 2, 600),
    backends: backendsOf(backend ?? 'postgres'),
    controls: chosen(control, fairnessControlNames),
  }
}

function abusesOf(name: string): AbuseName[] {
  const found = chosen(name, abuseNames)
  if (found.length === 0) throw new Error(`--abuse must be some of ${abuseNames.join(', ')}, or all`)
  return found
}

/** The one of that name; every one for `all`; none for another name or no name. */
const chosen = <T extends string>(name: string | undefined, all: readonly T[]): T[] =>
  all.filter((one) => name === 'all' || name === one)

function whole(option: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new Error(`--${option} must be a whole number from ${least} to ${most}`)
}

function backendsOf(text: string): Backend[] {
  if (text === 'both') return ['redis', 'postgres']
  if (text === 'redis' || text === 'postgres') return [text]
  throw new Error('--backend must be redis, postgres or both')
}
