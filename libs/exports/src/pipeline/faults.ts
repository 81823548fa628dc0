import { S3ServiceException } from '@aws-sdk/client-s3'
import { isAbsence, StoreAnswerError } from '#core'
import type { FailureReason } from '../reasons.js'
import { ObjectTooLargeError } from './multipart-upload.js'

/** What to do with an export whose attempt ended in an error. */
export type Verdict =
  | { action: 'put_off'; reason: FailureReason }
  | { action: 'crash'; reason: FailureReason }
  | { action: 'fail'; reason: FailureReason }

/** The object in the store is not what was sent; sending it again may mend that. */
export class VerificationError extends Error {}

/** Tells a part that is down, which comes back, from a fault of ours, which does not. */
export function judge(error: unknown): Verdict {
  if (error instanceof ObjectTooLargeError) return { action: 'fail', reason: 'too_large' }
  if (error instanceof VerificationError || error instanceof StoreAnswerError)
    return { action: 'put_off', reason: 'storage_unavailable' }
  if (error instanceof S3ServiceException) return judgeStore(error)
  // The SDK leaves its mark on every error of a call that got no answer; without it they are the database's.
  if (typeof error === 'object' && error !== null && '$metadata' in error) {
    return { action: 'put_off', reason: 'storage_unavailable' }
  }
  const unavailable: Verdict = { action: 'put_off', reason: 'database_unavailable' }
  if (isAbsence(error)) return unavailable
  const { code, name } = error as { code?: unknown; name?: string }
  if (name === 'TimeoutError' || name === 'AggregateError') return unavailable
  if (typeof code === 'string' && isPassingSqlState(code)) return unavailable
  return { action: 'crash', reason: 'internal_error' }
}

/**
 * A store that refuses us is as good as down: credentials, buckets, policies and quotas are mended by an operator, and
 * the export waits for that rather than being lost.
 */
function judgeStore(error: S3ServiceException): Verdict {
  if (error.name === 'EntityTooLarge') return { action: 'fail', reason: 'too_large' }
  const status = error.$metadata.httpStatusCode ?? 0
  const refuses = refusals.has(status) || error.name === 'NoSuchBucket'
  return { action: 'put_off', reason: refuses ? 'storage_refused' : 'storage_unavailable' }
}

/** Not allowed, and full (RFC 4918, 11.5). */
const refusals: ReadonlySet<number> = new Set([401, 403, 507])

/** PostgreSQL's classes 58 system, and 40 rollback. */
const isPassingSqlState = (code: string): boolean => /^(58|40)[0-9A-Z]{3}$/.test(code)
