import { AppError, type ErrorDetails } from '#core'
import type { ConversationEvent, EventOutcome } from '#leads'
import type { BatchItem } from '../http/batch-items.js'
import { validated } from '../http/validated.js'
import { conversationEvent, eventId, type EventOutcomeAnswer, type EventsAnswer } from './event.schema.js'

/** An item of a request: the event that it is, or why it is none. */
export type ReadEvent =
  { id: string; event: ConversationEvent } | { id: string | null; problem: ErrorDetails }

/** Checks one event on its own: what is wrong with it refuses no other. */
export function readEvent(item: BatchItem): ReadEvent {
  if (item.problem !== undefined) return { id: null, problem: item.problem }
  try {
    const event = validated(conversationEvent, item.value)
    return { id: event.id, event }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { field, value, message = error.message } = error.details
    // Around one event there is no body to speak of.
    const problem = field === undefined ? { message: 'Must be an object' } : { field, value, message }
    return { id: idOf(item.value), problem }
  }
}

/** Only one that could be an id: what came instead is no name to tell it by. */
function idOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  return eventId.safeParse((value as { id?: unknown }).id).data ?? null
}

/** @param outcomes of those that could be read, in their order */
export function eventsAnswerOf(read: readonly ReadEvent[], outcomes: readonly EventOutcome[]): EventsAnswer {
  const ingested = outcomes.values()
  const events = read.map((one, index): EventOutcomeAnswer => {
    if ('problem' in one) return { index, id: one.id, ...rejected(one.problem) }
    const { value: outcome } = ingested.next()
    if (outcome === undefined) throw new Error('an event was read and not told of')
    return { index, id: one.id, ...(outcome.status === 'rejected' ? rejected(outcome) : outcome) }
  })
  const count = (status: EventOutcome['status']) => events.filter((event) => event.status === status).length
  return { accepted: count('accepted'), duplicates: count('duplicate'), rejected: count('rejected'), events }
}

const rejected = ({ field = null, message = 'Is not as it must be', value }: ProblemLike) => ({
  status: 'rejected' as const,
  error: { field, message, ...(value !== undefined && { value }) },
})

type ProblemLike = { field?: string | null; message?: string; value?: unknown }
