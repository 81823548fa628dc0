import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppError } from '#core'
import { envelope } from './envelope.js'
import { JSON_TYPE } from './json-type.js'

/** Answers with an error, in the one envelope. */
export function refuse(request: FastifyRequest, reply: FastifyReply, error: AppError): void {
  void reply.status(error.status).headers(error.headers).type(JSON_TYPE).send(envelope(error, request.id))
}
