import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { lastValueFrom, type Observable, of } from 'rxjs'
import { AppError } from '#core'
import { type Answer, IdempotencyService } from '#tenancy'
import { COMPACT_ANSWER, type CompactAnswer } from './compact-answer.js'
import { idempotencyKey } from './idempotency-key.js'
import { KeptBytes } from './kept-bytes.js'
import { requestHash } from './request-hash.js'

/**
 * Answers a creating POST that comes again with the same `Idempotency-Key` as it was answered the first time.
 * Whatever the route writes is in one transaction with the answer.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(IdempotencyService) private readonly idempotency: IdempotencyService,
    @Inject(KeptBytes) private readonly bytes: KeptBytes,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    const key = idempotencyKey(request.headers['idempotency-key'])
    if (key === null) return next.handle()
    const { principal } = request
    if (principal === null) throw new AppError('UNAUTHORIZED')

    const { workspaceId, keyId } = principal
    const route = `${request.method} ${request.routeOptions.url ?? ''}`
    const bodyHash = await requestHash(request)
    const form = this.reflector.get<CompactAnswer<unknown> | undefined>(COMPACT_ANSWER, context.getHandler())
    let fresh: unknown
    const work = async () => {
      await this.bytes.chargeRow(keyId)
      fresh = await lastValueFrom(next.handle())
      const answer = answerOf(fresh, reply, form)
      await this.bytes.chargeBody(keyId, answer.body)
      return answer
    }
    const { answer, replayed } = await this.idempotency.once(
      { workspaceId, keyId, route, key, bodyHash },
      work,
    )
    void reply.status(answer.status)
    if (answer.location !== null) void reply.header('Location', answer.location)
    if (!replayed) return of(fresh)
    void reply.header('Idempotency-Replayed', 'true')
    const kept: unknown = JSON.parse(answer.body)
    return of(answer.isCompact && form !== undefined ? form.expand(kept, request.body) : kept)
  }
}

/** Nest has set the status, and the route its Location, before the answer is there. */
function answerOf(body: unknown, reply: FastifyReply, form: CompactAnswer<unknown> | undefined): Answer {
  const location = reply.getHeader('Location')
  return {
    status: reply.statusCode,
    location: typeof location === 'string' ? location : null,
    body: JSON.stringify(form === undefined ? body : form.compact(body)),
    isCompact: form !== undefined,
  }
}
