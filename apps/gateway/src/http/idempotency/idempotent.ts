import { applyDecorators, UseInterceptors } from '@nestjs/common'
import { ApiHeader } from '@nestjs/swagger'
import { IdempotencyInterceptor } from './idempotency.interceptor.js'

/** For a POST that creates: makes it safe to send again with the same `Idempotency-Key`. */
export const Idempotent = () =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Makes it safe to send the request again: for 24 hours the same key, route and body get the first answer',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
  )
