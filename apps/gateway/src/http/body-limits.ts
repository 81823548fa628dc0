import type { FastifyInstance } from 'fastify'
import { AppError } from '#core'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** More is 413. */
    maxBodyBytes?: number
  }
}

/** Of a route that says nothing else: most read no body at all. */
export const BODY_BYTES = 16 * 1024
/** Of a route that reads a JSON object. Metadata of a lead, or the columns of an export, can take half of it. */
export const JSON_BODY_BYTES = 256 * 1024
/** Of a route that reads a form of a page. */
export const FORM_BYTES = 8 * 1024

/**
 * Gives each route the limit that it names, and refuses a body that announces more before it is read; Fastify counts one
 * that announces nothing. Call it before the routes are registered.
 */
export function limitBodies(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const { maxBodyBytes } = route.config ?? {}
    if (maxBodyBytes !== undefined) route.bodyLimit = maxBodyBytes
  })
  server.addHook('preParsing', ({ headers, routeOptions }, _reply, _payload, done) => {
    const { bodyLimit } = routeOptions
    done(Number(headers['content-length']) > bodyLimit ? bodyTooLarge(bodyLimit) : null)
  })
}

export const bodyTooLarge = (maxBytes: number): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', { message: `The body must have at most ${maxBytes} bytes` })
