import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { ApiConsumes } from '@nestjs/swagger'
import type { FastifyRequest } from 'fastify'
import { invalid } from '#core'
import { type BatchItem, type BatchLimits, NDJSON } from './batch-items.js'
import { RouteSettings } from './route-settings.js'

/**
 * For a route that takes many items at once, as a JSON object with a list or as NDJSON, of which one that can't be
 * read refuses no other. It gets them by `@Batch()`.
 */
export const TakesBatch = (batch: BatchLimits) =>
  applyDecorators(
    RouteSettings({ batch, maxBodyBytes: batch.maxBytes }),
    ApiConsumes('application/json', NDJSON),
  )

/** The items of the body, as a parameter of a route that `TakesBatch`. @throws AppError 400 where there are none */
export const Batch = createParamDecorator((_: unknown, context: ExecutionContext): BatchItem[] => {
  const { body, routeOptions } = context.switchToHttp().getRequest<FastifyRequest>()
  const field = routeOptions.config.batch?.field ?? ''
  if (!Array.isArray(body)) throw invalid(field, 'Is required')
  if (body.length === 0) throw invalid(field, 'Must not be empty')
  return body as BatchItem[]
})
