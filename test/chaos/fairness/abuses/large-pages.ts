import { authorization } from '../target.js'
import { type Abuse, MANY_LEADS } from './abuse.js'
import { repeat } from './repeat.js'

const CONNECTIONS = 64
const SIZE = 1000
const PAGES = MANY_LEADS / SIZE

/** The largest pages of leads, from the deepest on, 64 at a time. */
export const largePages: Abuse = {
  leads: MANY_LEADS,
  prepare: (target, outcomes) => {
    const page = (turn: number) => ({
      method: 'GET' as const,
      url: `${target.url}/api/v1/get-leads?chatbotId=${target.chatbotId}&size=${SIZE}&page=${PAGES - (turn % PAGES)}`,
      headers: authorization(target.key),
    })
    return Promise.resolve((over) => repeat(CONNECTIONS, page, outcomes, over))
  },
}
