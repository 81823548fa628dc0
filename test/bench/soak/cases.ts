import { type Case, cases } from '../exports/cases.js'

/** Every format, and gzip of each that can be compressed. */
export const everyKind: readonly Case[] = [
  ...cases,
  { label: 'ndjson.gz', format: 'ndjson', gzip: true },
  { label: 'json.gz', format: 'json', gzip: true },
]

/** The kinds in turn. */
export const kindOf = (n: number): Case => everyKind[n % everyKind.length]!
