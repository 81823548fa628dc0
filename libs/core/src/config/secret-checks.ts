import { guessableProblem, placeholderProblem } from './weak-secrets.js'

type Values = Readonly<Record<string, unknown>>

/** Where the product listens and what it connects to. Traces carry no secret, so their collector is not among them. */
const places = [
  ...['DATABASE_URL', 'SYSTEM_DATABASE_URL', 'MIGRATION_DATABASE_URL', 'QUEUE_URL', 'REDIS_URL'],
  ...['S3_ENDPOINT', 'S3_PUBLIC_ENDPOINT', 'SMTP_URL', 'PUBLIC_URL'],
]
const urlsWithPasswords = [
  ...['DATABASE_URL', 'SYSTEM_DATABASE_URL', 'MIGRATION_DATABASE_URL', 'QUEUE_URL', 'REDIS_URL', 'SMTP_URL'],
]

/**
 * Finds secrets that can be guessed: placeholders, `.env.example`'s among them, repetitions, sequences, and for what
 * this product alone reads too little entropy. A configuration that is on this machine alone may have them: HOST and
 * the hosts of all URLs are loopback addresses, or sockets.
 *
 * @param config values that have passed their schemas
 * @param examples what `.env.example` prints, by variable
 * @returns what is wrong, without any value
 */
export function weakSecrets(
  config: Values,
  examples: Readonly<Record<string, string>>,
): { variable: string; problem: string }[] {
  if (isLoopbackOnly(config)) return []
  const found: { variable: string; problem: string }[] = []
  const check = (variable: string, problem: string | null) => {
    if (problem !== null)
      found.push({ variable, problem: `${problem}; only a setup on loopback may have it` })
  }
  for (const variable of ['APP_SECRET', 'ADMIN_TOKEN']) {
    const value = text(config, variable)
    if (value !== '')
      check(variable, value === examples[variable] ? 'is the example' : guessableProblem(value))
  }
  const s3 = text(config, 'S3_SECRET_ACCESS_KEY')
  if (s3 !== '') check('S3_SECRET_ACCESS_KEY', placeholderProblem(s3, text(config, 'S3_ACCESS_KEY_ID')))
  for (const variable of urlsWithPasswords) {
    const { username, password } = credentials(text(config, variable))
    if (password === '') continue
    const problem = placeholderProblem(password, username)
    check(variable, problem === null ? null : `has a password that ${problem}`)
  }
  return found
}

function isLoopbackOnly(config: Values): boolean {
  const hosts = places.flatMap((variable) => hostsOf(text(config, variable)))
  return [text(config, 'HOST'), ...hosts].every((host) => host === '' || isLoopback(host))
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

const text = (config: Values, variable: string): string => {
  const value = config[variable]
  return typeof value === 'string' ? value : ''
}

/** Reads a URL's authority itself: those of Redis may name several hosts, which URL has no form for. */
const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:([^/?#]*)@)?([^/?#@]*)/i

/** Returns the hosts of a URL, and of PostgreSQL's `host=`, which stands before them; a path is a socket. */
function hostsOf(url: string): string[] {
  const inQuery = [...url.matchAll(/[?&]host=([^&#]*)/g)].map(([, host = '']) => decoded(host))
  const named = (authority.exec(url)?.[2] ?? '').split(',')
  return [...named, ...inQuery]
    .filter((host) => !host.startsWith('/'))
    .map((host) => (/^\[(.*)\]/.exec(host)?.[1] ?? host.replace(/:\d*$/, '')).toLowerCase())
}

function credentials(url: string): { username: string; password: string } {
  const userinfo = authority.exec(url)?.[1] ?? ''
  const [username = '', ...password] = userinfo.split(':')
  return { username: decoded(username), password: decoded(password.join(':')) }
}

/** As it stands where it is no percent-encoding. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
