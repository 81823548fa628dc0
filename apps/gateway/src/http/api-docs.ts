import { applyDecorators } from '@nestjs/common'
import { ApiBearerAuth, ApiResponse } from '@nestjs/swagger'
import { errorEnvelope } from './envelope.js'

const meanings = {
  400: 'A parameter is wrong; `details.field` names it',
  403: 'The key may not do this',
  404: 'Something that the request names does not exist in this workspace',
  409: 'It conflicts with what is there',
  410: 'The file is no longer there',
  429: 'Too many; `Retry-After` says when to come back',
} as const

/** Documents the errors of a route beside 401, which every route has. */
export const ApiErrors = (...statuses: (keyof typeof meanings)[]) =>
  applyDecorators(
    ApiBearerAuth(),
    ApiResponse({ status: 401, description: 'No valid key', standardSchema: errorEnvelope }),
    ...statuses.map((status) =>
      ApiResponse({ status, description: meanings[status], standardSchema: errorEnvelope }),
    ),
  )
