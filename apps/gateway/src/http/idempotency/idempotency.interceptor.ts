import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { lastValueFrom, type Observable, of } from 'rxjs'
import { AppError, sha256Hex } from '#core'
import { type Answer, IdempotencyService } from '#tenancy'
import { idempotencyKey } from './idempotency-key.js'

/**
 * Answers a creating POST that comes again with the same `Idempotency-Key` as it was answered the first time.
 * Whatever the route writes is in one transaction with the answer.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(@Inject(IdempotencyService) private readonly idempotency: IdempotencyService) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    const key = idempotencyKey(request.headers['idempotency-key'])
    if (key === null) return next.handle()
    const { principal } = request
    if (principal === null) throw new AppError('UNAUTHORIZED')

    const { answer, replayed } = await this.idempotency.once(
      {
        workspaceId: principal.workspaceId,
        keyId: principal.keyId,
        route: `${request.method} ${request.routeOptions.url ?? ''}`,
        key,
        bodyHash: sha256Hex(JSON.stringify([request.params, request.query, request.body])),
      },
      async () => answerOf(await lastValueFrom(next.handle()), reply),
    )
    void reply.status(answer.status)
    if (answer.location !== null) void reply.header('Location', answer.location)
    if (replayed) void reply.header('Idempotency-Replayed', 'true')
    return of(JSON.parse(answer.body))
  }
}

/** Nest has set the status, and the route its Location, before the answer is there. */
function answerOf(body: unknown, reply: FastifyReply): Answer {
  const location = reply.getHeader('Location')
  return {
    status: reply.statusCode,
    location: typeof location === 'string' ? location : null,
    body: JSON.stringify(body),
  }
}
