import { parseArgs } from 'node:util'
import type { Backend } from '../support/backend.js'
import { type ControlName, controlNames } from './controls/controls.js'

export const USAGE = `npm run test:chaos -- --exports 200 --faults 44

Accepts exports while it kills, freezes, cuts and restarts what they need, and checks afterwards, from outside, that
every one of them has ended as was promised.

  --exports 200       how many are accepted, on each backend; 24 with --control
  --faults 44         how many faults strike meanwhile; 8 with --control
  --seed 7            the same plan of faults and requests again; printed where it is not given
  --seeds 5           so many runs, with seeds that follow one another
  --backend both      redis, postgres or both; postgres with --control
  --control fence     switches a guard off and expects to find the damage: ${controlNames.join(', ')} or all`

export interface ChaosOptions {
  exports: number
  faults: number
  seeds: number[]
  backends: Backend[]
  /** Empty: nothing is switched off, and nothing may be found. */
  controls: ControlName[]
}

const proof = { exports: '200', faults: '44', backend: 'both' }
const enoughForAControl = { exports: '24', faults: '8', backend: 'postgres' }

/**
 * What a command line asks for.
 * @param anySeed taken where none is given
 * @throws Error that names the option
 */
export function readOptions(args: string[], anySeed: number): ChaosOptions {
  const { values } = parseArgs({
    args,
    options: {
      exports: { type: 'string' },
      faults: { type: 'string' },
      seed: { type: 'string' },
      seeds: { type: 'string', default: '1' },
      backend: { type: 'string' },
      control: { type: 'string' },
    },
  })
  const first = values.seed === undefined ? anySeed : whole('seed', values.seed, 0, 2 ** 32 - 1)
  const controls = controlsOf(values.control)
  const usual = controls.length === 0 ? proof : enoughForAControl
  return {
    exports: whole('exports', values.exports ?? usual.exports, 1, 100_000),
    faults: whole('faults', values.faults ?? usual.faults, 0, 10_000),
    seeds: Array.from({ length: whole('seeds', values.seeds, 1, 1000) }, (_, n) => (first + n) % 2 ** 32),
    backends: backendsOf(values.backend ?? usual.backend),
    controls,
  }
}

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

function controlsOf(text: string | undefined): ControlName[] {
  if (text === undefined) return []
  if (text === 'all') return [...controlNames]
  const found = controlNames.find((name) => name === text)
  if (found === undefined) throw new Error(`--control must be one of ${controlNames.join(', ')}, or all`)
  return [found]
}
