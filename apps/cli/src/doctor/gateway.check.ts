import { type Check, fine, wrong } from './check.js'

interface Readiness {
  status?: string
  [part: string]: string | undefined
}

const advice =
  'Start a gateway, or mend PUBLIC_URL, which every mailed link begins with, and what routes to it.'

/** Links in mails lead to a gateway of ours, which can answer. */
export const gateway: Check = {
  name: 'gateway',
  advice,
  async run({ PUBLIC_URL: url }) {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(10_000) })
    const answer = (await response.json().catch(() => ({}))) as Readiness
    const { status, ...parts } = answer
    if (status === undefined)
      return wrong(`${url}/health/ready was answered with ${response.status}, and not by a gateway.`, advice)
    if (status === 'ok') return fine(`A gateway answers at ${url}, and all its parts are there.`)
    const down = Object.entries(parts).filter(([, state]) => state === 'down')
    return wrong(
      `The gateway at ${url} says ${status}${down.length === 0 ? '' : `: down is ${down.map(([part]) => part).join(', ')}`}.`,
      'Look at its log; what is down for it may be reachable from here, and the other way round.',
    )
  },
}
