/** What `POST /{codename}/events` takes, as the generator fills it. */
export type ConversationEvent = MessageEvent | InteractionEvent

interface Told {
  id: string
  /** ISO-8601, UTC, milliseconds. */
  time: string
  /** The chatbot's name. */
  bot: string
  /** Made when it is new, so that the same events fit any workspace. */
  account: { platform: string; name: string }
  user: Profile
}

/** What a platform tells of a person. */
export interface Profile {
  id: string
  firstName?: string
  lastName?: string
}

export interface MessageEvent extends Told {
  type: 'message'
  sender: 'user' | 'bot'
  text: string
}

export interface InteractionEvent extends Told {
  type: 'interaction'
  funnel: string
  group: string
  interaction: string
  data?: Collected[]
}

/** What a visitor told, as the Chat-Tonic document shows it. */
export interface Collected {
  name: string
  cxt: string
}
