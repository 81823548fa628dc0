import { applyDecorators } from '@nestjs/common'
import { ApiParam, ApiResponse } from '@nestjs/swagger'
import type { commonErrors, ErrorStatus } from './docs/error-responses.js'

type SpecialError = Exclude<ErrorStatus, (typeof commonErrors)[number]>

/** Documents the errors of a route beside the common ones, which every route of the API has. */
export const ApiErrors = (...statuses: SpecialError[]) =>
  // The document gives each status its description and body.
  applyDecorators(...statuses.map((status) => ApiResponse({ status })))

/** Documents the workspace's name in a path, which `judgeAccess` checks and no route reads. */
export const ApiCodename = () =>
  ApiParam({
    name: 'codename',
    description: "The workspace's name in URLs; the key has to be one of it",
    schema: { type: 'string', example: 'demo_codename' },
  })
