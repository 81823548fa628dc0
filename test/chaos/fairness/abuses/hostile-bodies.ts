import { authorization, json, type Target } from '../target.js'
import { type Abuse, FEW_LEADS } from './abuse.js'
import { repeat } from './repeat.js'

const CONNECTIONS = 4
const BRACKETS = 1_950_000
const KEYS = 400_000

/** Four bodies of 3.9 million brackets at a time, by a token that may not send events. */
export const brackets: Abuse = {
  leads: FEW_LEADS,
  prepare: (target, outcomes) => {
    const body = Buffer.from('['.repeat(BRACKETS) + ']'.repeat(BRACKETS))
    return Promise.resolve((over) =>
      repeat(CONNECTIONS, () => eventsRequest(target, target.appToken, body), outcomes, over),
    )
  },
}

/** Four bodies of 400,000 keys at a time, by a key that may send events. */
export const keys: Abuse = {
  leads: FEW_LEADS,
  prepare: (target, outcomes) => {
    const members = Array.from({ length: KEYS }, (_, n) => `"${n.toString(36)}":0`)
    const body = Buffer.from(`{"events":[{${members.join(',')}}]}`)
    return Promise.resolve((over) =>
      repeat(CONNECTIONS, () => eventsRequest(target, target.key, body), outcomes, over),
    )
  },
}

const eventsRequest = ({ url, codename }: Target, token: string, body: Buffer) => ({
  method: 'POST' as const,
  url: `${url}/api/v1/${codename}/events`,
  headers: { ...authorization(token), ...json },
  body,
})
