import { randomUUID } from 'node:crypto'
import { authorization, json } from '../target.js'
import { type Abuse, FEW_LEADS } from './abuse.js'
import { repeat } from './repeat.js'

const CONNECTIONS = 32

/** Leads created by 32 requests at a time, each with an Idempotency-Key. */
export const creates: Abuse = {
  leads: FEW_LEADS,
  prepare: (target, outcomes) => {
    const create = () => ({
      method: 'POST' as const,
      url: `${target.url}/api/v1/leads`,
      headers: { ...authorization(target.key), ...json, 'Idempotency-Key': randomUUID() },
      body: JSON.stringify({ name: 'Juan Pérez', email: `${randomUUID()}@people.example` }),
    })
    return Promise.resolve((over) => repeat(CONNECTIONS, create, outcomes, over))
  },
}
