import { parseArgs } from 'node:util'
import { variablesIn } from '../env-file.js'
import type { Language } from './catalog.js'
import type { Plan } from './conversations.js'
import type { Disturbance } from './disturb.js'
import type { BatchFormat, EventsTarget } from './send/target.js'

export const USAGE = `npm run generate -- --events 1000000 --env .data/demo.env
npm run generate -- --events 1000000 --out events.ndjson

Makes conversations in Spanish and English: people on three accounts who talk to two chatbots, go through funnels, leave
their data, drop off, come back. Written to a file, or posted to a workspace that has the demo's chatbots and funnels.

how many, and of when
  --events 10000      different events; or --people 1000, each of whom becomes a lead
  --days 30           the period
  --end 2026-01-31T00:00:00Z
                      its end; now
  --language both     es, en or both
  --seed 7            the same seed and options with the same --end make the same events; printed where it is not given
  --late 0.02         the share that comes minutes to days after its time
  --duplicates 0.01   the share that comes twice, on top of --events
where to
  --out file.ndjson   or - for standard output (npm run --silent generate)
  --env file          NAME='value' lines with API_URL, API_KEY, CODENAME; or one by one:
  --url http://localhost:3000/api/v1 --key sk-workspace_… --codename demo
  --format ndjson     or json
  --in-flight 4       requests at a time`

export interface Arguments {
  plan: Plan
  disturbance: Disturbance
  to: { file: string } | EventsTarget
}

const options = {
  events: { type: 'string' },
  people: { type: 'string' },
  days: { type: 'string', default: '30' },
  end: { type: 'string' },
  language: { type: 'string', default: 'both' },
  seed: { type: 'string' },
  late: { type: 'string', default: '0' },
  duplicates: { type: 'string', default: '0' },
  out: { type: 'string' },
  env: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  codename: { type: 'string' },
  format: { type: 'string', default: 'ndjson' },
  'in-flight': { type: 'string', default: '4' },
} as const

const read = (args: string[]) => parseArgs({ args, options }).values
type Values = ReturnType<typeof read>

const languages: Record<string, Language[]> = { es: ['es'], en: ['en'], both: ['es', 'en'] }

/**
 * What a command line asks for.
 * @param now milliseconds since 1970
 * @param anySeed taken where none is given
 * @throws Error that names the option
 */
export function readArguments(args: string[], now: number, anySeed: number): Arguments {
  const values = read(args)
  const plan: Plan = {
    seed: values.seed === undefined ? anySeed : whole('seed', values.seed, 0, 2 ** 32 - 1),
    size: size(values),
    days: whole('days', values.days, 1, 3_650),
    end: values.end === undefined ? now : time(values.end),
    languages: oneOf('language', values.language, languages),
  }
  const disturbance = { late: share('late', values.late), duplicates: share('duplicates', values.duplicates) }
  return { plan, disturbance, to: destination(values) }
}

function size({ events, people }: Values): Plan['size'] {
  if (events !== undefined && people !== undefined) throw new Error('--events or --people, not both')
  if (people === undefined) return { events: whole('events', events ?? '10000', 1, 1e9) }
  return { people: whole('people', people, 1, 1e8) }
}

function destination(values: Values): Arguments['to'] {
  const env = values.env === undefined ? {} : variablesIn(values.env)
  const { url = env['API_URL'], key = env['API_KEY'], codename = env['CODENAME'] } = values
  if (values.out !== undefined) {
    if (url !== undefined) throw new Error('--out or --url, not both')
    return { file: values.out }
  }
  if (url === undefined || key === undefined || codename === undefined) {
    throw new Error('needs --out, or --env, or --url with --key and --codename')
  }
  if (!URL.canParse(url)) throw new Error('--url must be a URL')
  return {
    url: url.replace(/\/+$/, ''),
    key,
    codename,
    format: oneOf<BatchFormat>('format', values.format, { ndjson: 'ndjson', json: 'json' }),
    inFlight: whole('in-flight', values['in-flight'], 1, 64),
  }
}

function whole(name: string, given: string, least: number, most: number): number {
  const value = /^\d{1,12}$/.test(given) ? Number(given) : NaN
  if (value >= least && value <= most) return value
  throw new Error(`--${name} must be a whole number from ${least} to ${most}`)
}

function share(name: string, given: string): number {
  const value = /^\d*\.?\d+$/.test(given) ? Number(given) : NaN
  if (value <= 1) return value
  throw new Error(`--${name} must be a share from 0 to 1`)
}

function time(given: string): number {
  const value = /^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?$/.test(given) ? Date.parse(given) : NaN
  if (!Number.isNaN(value)) return value
  throw new Error('--end must be a date, or a time with its offset: 2026-01-31T00:00:00Z')
}

function oneOf<T>(name: string, given: string, choices: Record<string, T>): T {
  const chosen = Object.hasOwn(choices, given) ? choices[given] : undefined
  if (chosen !== undefined) return chosen
  throw new Error(`--${name} must be ${Object.keys(choices).join(' or ')}`)
}
