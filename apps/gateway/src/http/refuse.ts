import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppError } from '#core'
import { envelope } from './envelope.js'

/** Answers with an error, in the one envelope. */
export function refuse(request: FastifyRequest, reply: FastifyReply, error: AppError): void {
  void reply
    .status(error.status)
    .headers(error.headers)
    .type('application/json; charset=utf-8')
    .send(envelope(error, request.id))
}
