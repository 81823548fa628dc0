import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#core'
import { bodyTooLarge } from './body-limits.js'
import { knownError } from './known-error.js'
import { refuse } from './refuse.js'

/** Answers whatever was thrown, by a route, a hook or Fastify itself, in the one envelope. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name)

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>()
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    if (hasLeft(request)) {
      // Nobody is there to answer, and no response will end: without this line the request would leave no trace.
      this.logger.log({ requestId: request.id }, 'a client left in the middle of its request')
      return void reply.raw.destroy()
    }
    const error = errorOf(thrown, request)
    // What was thrown as an answer explains itself; anything else that ends here is news to an operator.
    if (error !== thrown && error.status >= 500) {
      this.logger.error({ requestId: request.id, err: loggable(thrown) }, 'a request failed')
    }
    // A stream that broke after its first byte can only be cut off.
    if (reply.raw.headersSent) return void reply.raw.destroy()
    refuse(request, reply, error)
  }
}

/** Fastify does not say how large a body may be that it counted. */
function errorOf(thrown: unknown, { routeOptions }: FastifyRequest): AppError {
  const error = knownError(thrown) ?? new AppError('INTERNAL_ERROR')
  const isCounted = error !== thrown && error.code === 'PAYLOAD_TOO_LARGE'
  return isCounted ? bodyTooLarge(routeOptions.bodyLimit) : error
}

/** Whether the connection was lost before the body was whole; the reset that is thrown then is not ours. */
const hasLeft = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete

/** Without what else an error may carry: a failed query has its parameters, which are personal. */
function loggable(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { message: String(thrown) }
  const { name, message, stack, code } = thrown as Error & { code?: unknown }
  return { name, message, stack, code }
}
