import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { finalize, type Observable } from 'rxjs'
import { AppError } from '#core'
import { BatchLanes, type Release } from './batch-lanes.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a batch: ends its admission. */
    leaveLane: Release | null
  }
}

/**
 * Admits batches before their bodies are received. Comes after the rate limiter. A batch is under way until it is worked off, though
 * its client may have left before: the interceptor ends the admission of those that it has seen.
 */
export function admitBatches(server: FastifyInstance, lanes: BatchLanes): void {
  server.decorateRequest('leaveLane', null)
  server.addHook('onRequest', (request, _reply, done) => {
    const { principal, headers, routeOptions } = request
    const { batch } = routeOptions.config
    if (principal === null || batch === undefined) return done()
    const length = Number(headers['content-length'])
    const bytes = Number.isNaN(length) ? batch.maxBytes : Math.min(length, batch.maxBytes)
    request.leaveLane = lanes.admit(principal.workspaceId, bytes)
    done()
  })
  server.addHook('onResponse', (request, _reply, done) => {
    request.leaveLane?.()
    request.leaveLane = null
    done()
  })
}

@Injectable()
class BatchTurns implements NestInterceptor {
  constructor(@Inject(BatchLanes) private readonly lanes: BatchLanes) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const { principal, leaveLane, body } = request
    if (principal === null) throw new AppError('UNAUTHORIZED')
    // The client has left, and its answer was ended meanwhile.
    if (leaveLane === null) throw new AppError('REQUEST_TIMEOUT')
    // From here on it is the work that ends the admission, and not the answer.
    request.leaveLane = null
    try {
      const items = Array.isArray(body) ? body.length : 1
      const endTurn = await this.lanes.turn(principal.workspaceId, items)
      return next.handle().pipe(
        finalize(() => {
          endTurn()
          leaveLane()
        }),
      )
    } catch (error) {
      leaveLane()
      throw error
    }
  }
}

/**
 * For a controller of routes that take batches: works on the batches of a workspace in turn. On the controller, because its
 * interceptors come before those of a route: a batch that waits must not hold the transaction of its Idempotency-Key.
 */
export const BatchesInTurn = () => UseInterceptors(BatchTurns)
