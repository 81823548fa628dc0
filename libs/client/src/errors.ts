import type { Schemas } from './calls.js'

type Envelope = Schemas['Error']

export type ErrorCode = Envelope['code']

/** An answer that is an error, with what its body says. */
export class LeadferryError extends Error {
  override readonly name = 'LeadferryError'
  readonly status: number
  /** What a program looks at; null where a proxy answered and not the API. */
  readonly code: ErrorCode | null
  /** The field that is wrong, the value that came, what was expected. */
  readonly details: Envelope['details']
  /** Finds the request in the server's logs. */
  readonly requestId: string | null
  /** Seconds to wait before the next try, with 429 and 503. */
  readonly retryAfter: number | null

  constructor(response: Response, envelope: Envelope | null) {
    super(envelope === null ? `HTTP ${response.status}` : `${envelope.error}: ${envelope.message}`)
    this.status = response.status
    this.code = envelope?.code ?? null
    this.details = envelope?.details ?? {}
    this.requestId = envelope?.requestId ?? response.headers.get('x-request-id')
    this.retryAfter = secondsOf(response.headers.get('retry-after'))
  }
}

/** The error that an answer is; a body that is not the API's tells nothing. */
export async function errorOf(response: Response): Promise<LeadferryError> {
  const body: unknown = await response.json().catch(() => null)
  const isEnvelope = typeof body === 'object' && body !== null && 'code' in body && 'requestId' in body
  return new LeadferryError(response, isEnvelope ? (body as Envelope) : null)
}

const secondsOf = (header: string | null): number | null =>
  header !== null && /^\d+$/.test(header) ? Number(header) : null
