import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '../../helper-process.js'
import { send } from '../send.js'
import { authorization, type Target } from '../target.js'
import type { Sample } from './sample.js'

const BETWEEN_READS_MS = 50

const target = JSON.parse(process.argv[2] ?? '') as Target
const { url, codename, chatbotId, key } = target
/** Every list there is, in turn. */
const lists = [
  `get-leads?chatbotId=${chatbotId}`,
  `chatbots/${chatbotId}/leads`,
  `${codename}/lead/funnels`,
  `${codename}/lead/records?funnel=F&funnelGroup=G`,
  `${codename}/messages`,
  `${codename}/interactions`,
  `${codename}/message-users`,
  'exports',
].map((path) => `${url}/api/v1/${path}`)
const agent = new Agent({ keepAlive: true })
const samples: Sample[] = []

/**
 * An open loop: a list is sent at its time whether those before it were answered or not, and its latency counts from
 * that time, so that a server that stalls does not slow its own measurement down. It has the priority of the product:
 * 20 requests a second are no load, and one that waited for a core would make the product look slow.
 */
async function read(over: AbortSignal): Promise<void> {
  const start = now()
  for (let n = 0; !over.aborted; n++) {
    const at = start + n * BETWEEN_READS_MS
    await sleep(Math.max(0, at - now()))
    const list = lists[n % lists.length] ?? ''
    void send(agent, { method: 'GET', url: list, headers: authorization(key) }).then((outcome) =>
      samples.push({ at, ms: now() - at, outcome }),
    )
  }
}

/** Milliseconds since 1970, and fractions of them. */
const now = () => performance.timeOrigin + performance.now()

await serve(() => Promise.resolve({ work: read, found: () => samples }))
