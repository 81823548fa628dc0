import { setTimeout as sleep } from 'node:timers/promises'
import type { ConversationEvent } from '../event.js'
import type { BatchAnswer } from './tally.js'
import type { BatchFormat, EventsTarget } from './target.js'

const types: Record<BatchFormat, string> = { ndjson: 'application/x-ndjson', json: 'application/json' }
/** Longer than a minute's limit takes to be over. */
const GIVE_UP_MS = 120_000
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000

/**
 * Posts events, and again while the server is busy or gone: an event id counts once, so nothing is doubled.
 * @param isKnown whether the server has answered before; one that never did is not waited for
 * @throws Error a sentence on why there is no use in going on
 */
export async function postBatch(
  target: EventsTarget,
  events: readonly ConversationEvent[],
  isKnown: boolean,
): Promise<BatchAnswer> {
  const url = `${target.url}/${encodeURIComponent(target.codename)}/events`
  const body = written(events, target.format)
  const headers = { authorization: `Bearer ${target.key}`, 'content-type': types[target.format] }
  const until = Date.now() + GIVE_UP_MS
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const answer = await ask(url, { method: 'POST', headers, body })
    if (answer.status === 200) return JSON.parse(answer.text) as BatchAnswer
    const mayPass = answer.status === undefined ? isKnown : BUSY.has(answer.status)
    if (!mayPass || Date.now() > until) throw new Error(`${url} ${answer.text}`)
    await sleep(answer.waitMs ?? wait)
  }
}

export function written(events: readonly ConversationEvent[], format: BatchFormat): string {
  if (format === 'json') return JSON.stringify({ events })
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}

const BUSY = new Set([429, 502, 503, 504])

interface Answer {
  /** Absent where there was none. */
  status?: number
  /** The body of a 200, else the end of a sentence. */
  text: string
  /** What Retry-After asks for. */
  waitMs?: number
}

async function ask(url: string, request: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, request)
    const text = await response.text()
    const { status } = response
    if (status === 200) return { status, text }
    return { status, text: `answered ${status}: ${sentence(text)}`, waitMs: retryAfter(response) }
  } catch (error) {
    return { text: `does not answer: ${causeOf(error)}` }
  }
}

/** Seconds, as the API sends it, and no date. */
function retryAfter({ headers }: Response): number | undefined {
  const given = headers.get('retry-after') ?? ''
  return /^\d{1,4}$/.test(given) ? Number(given) * 1000 : undefined
}

/** What the error envelope says, else the text itself. */
function sentence(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown }
    if (typeof message === 'string') return message
  } catch {
    // Not the API's: a proxy's page, maybe.
  }
  return text.slice(0, 200)
}

/** fetch says "fetch failed" and keeps the reason in `cause`, which for several addresses has a code only. */
function causeOf(error: unknown): string {
  const { message, cause } = error as { message: string; cause?: { message?: string; code?: string } }
  return cause?.message || cause?.code || message
}
