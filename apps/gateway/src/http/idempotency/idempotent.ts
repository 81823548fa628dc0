import { applyDecorators, UseInterceptors } from '@nestjs/common'
import { ApiHeader } from '@nestjs/swagger'
import { ApiErrors } from '../api-docs.js'
import { IdempotencyInterceptor } from './idempotency.interceptor.js'
import { MAX_KEY_LENGTH } from './idempotency-key.js'

/** For a POST that creates: makes it safe to send again with the same `Idempotency-Key`, and documents it. */
export const Idempotent = () =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: MAX_KEY_LENGTH },
      description:
        'For 24 hours the same key with the same request answers what the first was answered, a refusal too, and ' +
        'creates nothing; with another request it is 422, and 409 while the first is under way',
    }),
    ApiErrors(409, 422),
  )
