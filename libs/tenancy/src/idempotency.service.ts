import { Inject, Injectable } from '@nestjs/common'
import type { PoolClient } from 'pg'
import { AppError, Database, type ErrorCode, type ErrorDetails } from '#core'
import { storeAnswer, storedAnswer, tryKey } from './idempotency.sql.js'

/** A request that may come twice and must be done once. */
export interface RepeatableRequest {
  workspaceId: string
  /** The API key, which together with the route is what an Idempotency-Key belongs to. */
  keyId: string
  /** Method and pattern of the route. */
  route: string
  /** The Idempotency-Key. */
  key: string
  /** Of everything that the request says beside its key. */
  bodyHash: string
}

export interface Answer {
  status: number
  location: string | null
  /** JSON. */
  body: string
  /** Says less than what is sent: the route makes one of the other, by the request that comes again. */
  isCompact: boolean
}

type Stored = Answer & { bodyHash: string }

/** Does once what a client sends twice: for 24 hours the second request gets the first one's answer. */
@Injectable()
export class IdempotencyService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Does the work and stores its answer in one transaction, or finds the answer of the time before. An answer
   * is what `work` returns, or an error of 4xx that it throws, whose writes are undone; 429 and 5xx are worth
   * another try and are not stored. What is stored of an error echoes no value of the request, so neither does the
   * first answer.
   *
   * @param work writes in the workspace through `Database` only
   * @throws AppError 409 IDEMPOTENCY_IN_FLIGHT, 422 IDEMPOTENCY_MISMATCH, and what `work` throws
   */
  async once(
    request: RepeatableRequest,
    work: () => Promise<Answer>,
  ): Promise<{ answer: Answer; replayed: boolean }> {
    const { answer, replayed } = await this.database.together(request.workspaceId, async (client) => {
      await holdKey(client, request)
      const before = await find(client, request)
      if (before !== null) return { answer: before, replayed: true }
      const done = await this.answerOf(work)
      await store(client, request, done)
      return { answer: done, replayed: false }
    })
    // Thrown only now, so that it has been kept.
    if (answer.status >= 400) throw refusalIn(answer)
    return { answer, replayed }
  }

  private async answerOf(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await this.database.undoable(work)
    } catch (error) {
      if (error instanceof AppError && isFinal(error.status)) return refusalAs(error)
      throw error
    }
  }
}

const isFinal = (status: number): boolean => status < 500 && status !== 429

const refusalAs = ({ status, code, details: { value: _, ...details } }: AppError): Answer => ({
  status,
  location: null,
  body: JSON.stringify({ code, details }),
  isCompact: false,
})

function refusalIn({ body }: Answer): AppError {
  const { code, details } = JSON.parse(body) as { code: ErrorCode; details: ErrorDetails }
  return new AppError(code, details)
}

async function holdKey(client: PoolClient, { keyId, route, key }: RepeatableRequest): Promise<void> {
  const what = JSON.stringify(['idempotency', keyId, route, key])
  const { rows } = await client.query<{ free: boolean }>(tryKey, [what])
  if (rows[0]?.free !== true) throw new AppError('IDEMPOTENCY_IN_FLIGHT', {}, { 'Retry-After': '1' })
}

async function find(
  client: PoolClient,
  { keyId, route, key, bodyHash }: RepeatableRequest,
): Promise<Answer | null> {
  const { rows } = await client.query<Stored>(storedAnswer, [keyId, route, compactRoute(route), key])
  const [stored] = rows
  if (stored === undefined) return null
  if (stored.bodyHash === bodyHash) return stored
  throw new AppError('IDEMPOTENCY_MISMATCH', { field: 'Idempotency-Key' })
}

async function store(client: PoolClient, request: RepeatableRequest, answer: Answer): Promise<void> {
  const { workspaceId, keyId, key, bodyHash } = request
  const { status, location, body, isCompact } = answer
  const route = isCompact ? compactRoute(request.route) : request.route
  await client.query(storeAnswer, [workspaceId, keyId, route, key, bodyHash, status, location, body])
}

/** Where a program that can't read compact answers does not look: during a rolling upgrade there are some. */
const compactRoute = (route: string): string => `${route} (compact)`
