import { type Abuse, FEW_LEADS } from './abuse.js'
import { repeat } from './repeat.js'

const CONNECTIONS = 8
const NAMES = 65_000
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Eight logins to the archive pages at a time, each a form of 65,000 names (260 kB). */
export const loginForms: Abuse = {
  leads: FEW_LEADS,
  prepare: ({ url }, outcomes) => {
    const body = Array.from({ length: NAMES }, (_, n) => shortName(n)).join('&')
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const login = { method: 'POST' as const, url: `${url}/archives/login`, headers, body }
    return Promise.resolve((over) => repeat(CONNECTIONS, () => login, outcomes, over))
  },
}

/** Three letters, another three for each number. */
const shortName = (n: number): string =>
  [n, n / LETTERS.length, n / LETTERS.length ** 2]
    .map((place) => LETTERS[Math.floor(place) % LETTERS.length])
    .join('')
