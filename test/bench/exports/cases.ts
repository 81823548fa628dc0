import type { FormatName } from '#exports'
import { type ColumnChoice, datasetQuery } from '#leads'

/** A kind of file that is measured. */
export interface Case {
  label: string
  format: FormatName
  gzip: boolean
}

export const cases: readonly Case[] = [
  { label: 'csv', format: 'csv', gzip: false },
  { label: 'csv.gz', format: 'csv', gzip: true },
  { label: 'ndjson', format: 'ndjson', gzip: false },
  { label: 'json', format: 'json', gzip: false },
  { label: 'xlsx', format: 'xlsx', gzip: false },
]

/** Twelve columns of a lead and five out of its metadata. */
export const columns: ColumnChoice = {
  flattened: ['utm_source', 'utm_campaign', 'company', 'job_title', 'notes'],
  rest: false,
}

const flat = datasetQuery('leads', 'flat', {}, columns)

/** Names of the columns of a flat file. */
export const header = flat.columns.map(({ name }) => name)

/** The SELECT that a flat file is made of, which everybody else renders too. */
export const flatSelect = flat.sql

/** The SELECT of ndjson and json, which have the metadata whole. */
export const nestedSelect = datasetQuery('leads', 'nested', {}, columns).sql
