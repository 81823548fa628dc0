import { applyDecorators } from '@nestjs/common'
import { ApiHeader, ApiParam, ApiResponse } from '@nestjs/swagger'
import type { commonErrors, ErrorStatus } from './docs/error-responses.js'

type SpecialError = Exclude<ErrorStatus, (typeof commonErrors)[number]>

/** Documents the errors of a route beside the common ones, which every route of the API has. */
export const ApiErrors = (...statuses: SpecialError[]) =>
  // The document gives each status its description and body.
  applyDecorators(...statuses.map((status) => ApiResponse({ status })))

/** Documents the workspace's name in a path, which the access guard checks and no route reads. */
export const ApiCodename = () =>
  ApiParam({
    name: 'codename',
    description: "The workspace's name in URLs; the key has to be one of it",
    schema: { type: 'string', example: 'demo_codename' },
  })

/** Documents that a POST that creates may be sent again under its key. */
export const ApiIdempotencyKey = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      schema: { type: 'string' },
      description:
        'For 24 hours the same key with the same body answers what the first request was answered and creates ' +
        'nothing; with another body it is 422, and 409 while the first is under way',
    }),
    ApiErrors(409, 422),
  )
