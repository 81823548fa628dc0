import { AppError, type ErrorDetails, withShortEchoes } from '#core'
import type { ConversationEvent, EventOutcome } from '#leads'
import type { BatchItem } from '../http/batch-items.js'
import { validated } from '../http/validated.js'
import { conversationEvent, eventId, type EventOutcomeAnswer, type EventsAnswer } from './event.schema.js'

/** An item of a request: the event that it is, or why it is none. */
export type ReadEvent =
  { id: string; event: ConversationEvent } | { id: string | null; problem: ErrorDetails }

/** What became of an event, beside its place and its id. */
export type Outcome = Pick<EventOutcomeAnswer, 'status' | 'error'>

/** Checks one event on its own: what is wrong with it refuses no other. */
export function readEvent(item: BatchItem): ReadEvent {
  if (item.problem !== undefined) return { id: idOf(item), problem: item.problem }
  try {
    const event = validated(conversationEvent, item.value)
    return { id: event.id, event }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { field, message = error.message } = error.details
    // Around one event there is no body to speak of.
    return {
      id: idOf(item),
      problem: field === undefined ? { message: 'Must be an object' } : { field, message },
    }
  }
}

/** Only one that could be an id: what came instead is no name to tell it by. */
export function idOf({ value, problem }: BatchItem): string | null {
  if (problem !== undefined || typeof value !== 'object' || value === null) return null
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
  return answerWith(events)
}

export function answerWith(events: EventOutcomeAnswer[]): EventsAnswer {
  const count = (status: EventOutcome['status']) => events.filter((event) => event.status === status).length
  return { accepted: count('accepted'), duplicates: count('duplicate'), rejected: count('rejected'), events }
}

/** It echoes no value: a thousand of them are a large answer, and whoever sent the event has it. */
function rejected(problem: ErrorDetails): Outcome {
  const { field = null, message = 'Is not as it must be' } = withShortEchoes(problem)
  return { status: 'rejected', error: { field, message } }
}
