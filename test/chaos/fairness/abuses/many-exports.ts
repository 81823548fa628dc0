import { authorization, json } from '../target.js'
import { type Abuse, MANY_LEADS } from './abuse.js'
import { repeat } from './repeat.js'

const CONNECTIONS = 8
const formats = ['csv', 'xlsx', 'json', 'ndjson']

/** Exports of every lead, asked for by eight requests at a time, until no more may wait and after that. */
export const manyExports: Abuse = {
  leads: MANY_LEADS,
  prepare: (target, outcomes) => {
    const ask = (turn: number) => ({
      method: 'POST' as const,
      url: `${target.url}/api/v1/exports`,
      headers: { ...authorization(target.key), ...json },
      body: JSON.stringify({ dataset: 'leads', format: formats[turn % formats.length] }),
    })
    return Promise.resolve((over) => repeat(CONNECTIONS, ask, outcomes, over))
  },
}
