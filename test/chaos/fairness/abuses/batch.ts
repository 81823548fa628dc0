import { randomUUID } from 'node:crypto'
import type { Outgoing } from '../send.js'
import { authorization, json, type Target } from '../target.js'

/** What an event of the load says; the rest is the same for all. */
export interface EventParts {
  time: Date
  account: string
  user: string
}

/** Makes a message event. @param id counts once, so each event has one of its own */
export const message = (id: string, { time, account, user }: EventParts) => ({
  id,
  type: 'message',
  time: time.toISOString(),
  bot: 'asistente',
  account: { platform: 'messenger', name: account },
  user: { id: user, firstName: 'Juan', lastName: 'Pérez' },
  sender: 'user',
  text: '¿Cuánto cuesta el plan anual?',
})

/** A batch of events, with an Idempotency-Key of its own. */
export const batchRequest = (target: Target, events: readonly object[]): Outgoing => ({
  method: 'POST',
  url: `${target.url}/api/v1/${target.codename}/events`,
  headers: { ...authorization(target.key), ...json, 'Idempotency-Key': randomUUID() },
  body: JSON.stringify({ events }),
})
