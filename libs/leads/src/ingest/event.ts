import type { IsoTime } from '#core'

/** What a message user told on an interaction: what it is called, and what was said. */
export interface Collected {
  name: string
  cxt: string
}

/** The channel connection that an event came over: one that there is, or one that is made when it is new. */
export type AccountReference = { id: string } | { platform: string; name: string }

interface CommonEvent {
  /** Counts once in a workspace. Visible ASCII. */
  id: string
  /** When it happened, with microseconds. */
  time: IsoTime
  /** The chatbot's name. */
  bot: string
  account: AccountReference
  /** Who it is about, by the platform's own id; names are the profile's. */
  user: { id: string; firstName?: string | null; lastName?: string | null }
}

export interface MessageEvent extends CommonEvent {
  type: 'message'
  sender: 'user' | 'bot'
  /** Null where there was none, such as a picture. */
  text: string | null
}

export interface InteractionEvent extends CommonEvent {
  type: 'interaction'
  funnel: string
  group: string
  interaction: string
  data: Collected[]
}

/** One thing that happened in a conversation, sound in itself; whether its names exist is still to be seen. */
export type ConversationEvent = MessageEvent | InteractionEvent

/** What became of an event. */
export type EventOutcome =
  { status: 'accepted' | 'duplicate' } | { status: 'rejected'; field: string; message: string }

/**
 * Where an event stands among all others: its time, then its id. Stamps sort as text, byte by byte, so that the
 * latest of several is the same whatever order they came in.
 */
export type Stamp = string

export const stampOf = ({ id, time }: Pick<CommonEvent, 'id' | 'time'>): Stamp => `${time} ${id}`

/** The time in a stamp. */
export const timeOf = (stamp: Stamp): IsoTime => stamp.slice(0, stamp.indexOf(' '))

/** Where one of an event's collected data stands among all others: of two in one event, the later one counts. */
export const dataStamp = (event: Pick<CommonEvent, 'id' | 'time'>, index: number): Stamp =>
  `${stampOf(event)} ${String(index).padStart(3, '0')}`
