import { Inject, Injectable } from '@nestjs/common'
import { AppError, IDEMPOTENCY_BUDGET, type RateLimiter } from '#core'

/** Bytes that a kept answer takes beside its body: its row and what two indexes have of it, with the longest key. */
const ROW_BYTES = 1000

/** The bytes of answers that may be kept for each API key: IDEMPOTENCY_MEGABYTES_PER_DAY. */
@Injectable()
export class KeptBytes {
  constructor(@Inject(IDEMPOTENCY_BUDGET) private readonly budget: Pick<RateLimiter, 'take'> | null) {}

  /** Before any work is done under an Idempotency-Key. @throws AppError 429 where the budget is used up */
  chargeRow(keyId: string): Promise<void> {
    return this.charge(keyId, ROW_BYTES)
  }

  /** What is not kept must not have been done: the caller undoes its work. @throws AppError 429 where the budget is used up */
  chargeBody(keyId: string, body: string): Promise<void> {
    return this.charge(keyId, Buffer.byteLength(body))
  }

  private async charge(keyId: string, bytes: number): Promise<void> {
    const allowance = await this.budget?.take(keyId, bytes)
    if (allowance === undefined || allowance.granted) return
    const { limit, resetSeconds } = allowance
    throw new AppError(
      'TOO_MANY_REQUESTS',
      {
        reason: 'idempotency_budget',
        limit,
        message: `${limit} bytes of answers a day are kept for the Idempotency-Keys of this API key: a request without one is not held up`,
      },
      { 'Retry-After': String(resetSeconds) },
    )
  }
}
