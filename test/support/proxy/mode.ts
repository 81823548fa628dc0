import type { Conduct } from './conduct.js'
import type { Link } from './link.js'

/** What the proxy does to its connections. Counts of bytes begin anew on each connection when a mode is set. */
export type ProxyMode =
  | { how: 'pass' }
  /** New connections are reset at once, and so are those that are open. */
  | { how: 'refuse' }
  /** Resets both sides when the client has sent so many bytes; before that they pass. */
  | { how: 'cut'; afterBytes: number; times?: number }
  /** Accepts and moves nothing, until the mode changes: then it goes on where it was. */
  | { how: 'stall' }
  /** Both ways and all connections together. */
  | { how: 'slow'; bytesPerSecond: number }
  /**
   * Slow upwards, for all connections together, and a client does not feel it: what it sends is taken at once, and what
   * has not gone up when it hangs up, be it half way, is dropped.
   */
  | { how: 'trickle'; bytesPerSecond: number }
  /** The request passes, so many bytes of its answer come back, then the client is reset: the work was done. */
  | { how: 'halfAnswer'; bytes: number; times?: number }
  /**
   * What a client sends waits here, and it hears nothing. `ms` after it gave up, or 2 `ms` after its first byte where it
   * does not, the upstream gets it all as far as it came, though another mode is set by then: a request that timed out,
   * and lands afterwards.
   */
  | { how: 'late'; ms: number }
  /** SMTP: resets both sides when a mail's final dot shows up, which the upstream does not see. */
  | { how: 'cutBeforeDot'; times?: number }
  /** SMTP: the upstream gets the final dot and answers it, so the mail is delivered; the client is reset instead. */
  | { how: 'cutAfterDot'; times?: number }

export type How = ProxyMode['how']

/** A mode at work: makes the conduct of each connection. */
export interface ModeAtWork {
  conduct: (link: Link) => Conduct
  /** It is over for all connections. */
  end?(): void
}

/** Tells the proxy that a mode did to a connection what it is there for. */
export type Strike = () => void
