import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ErrorFilter } from '../http/error.filter.js'
import { ArchiveRefusals } from './archive-refusals.js'

/** Answers by a page whatever a page of the archive throws, but for what is not for people. */
@Catch()
@Injectable()
export class ArchiveErrorFilter implements ExceptionFilter {
  private readonly envelope = new ErrorFilter()

  constructor(@Inject(ArchiveRefusals) private readonly refusals: ArchiveRefusals) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp()
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()]
    await this.refusals
      .answer(thrown, request, reply)
      .catch((error: unknown) => this.envelope.catch(error, host))
  }
}
