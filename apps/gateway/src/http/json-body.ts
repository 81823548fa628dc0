import type { FastifyInstance } from 'fastify'
import { AppError } from '#core'
import { type BatchLimits, jsonItems, ndjsonItems, ndjsonTypes } from './batch-items.js'
import { JSON_BODY_BYTES } from './body-limits.js'
import { parseJson } from './read-json.js'
import { RouteSettings } from './route-settings.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    ignoresBody?: boolean
    batch?: BatchLimits
  }
}

/** For a route, or for every route of a controller, that reads a JSON object. */
export const ReadsJson = () => RouteSettings({ maxBodyBytes: JSON_BODY_BYTES })

/** For a route that a person's form posts to: what the form holds does not matter. */
export const IgnoresBody = () => RouteSettings({ ignoresBody: true })

/**
 * The only body the API reads is JSON, and on routes that take a batch NDJSON. An empty body is none, whatever its
 * content type: clients send `Content-Type: application/json` with a bare GET, and a form's button posts nothing.
 */
export function useJsonBodies(server: FastifyInstance): void {
  // Chatbase documents a JSON body on GET; Fastify drops it unless asked to read it.
  server.addHttpMethod('GET', { hasBody: true, overrideExisting: true })
  server.removeAllContentTypeParsers()
  readAs(server, ['application/json'], (body, batch) =>
    batch === undefined ? parseJson(body) : jsonItems(body, batch),
  )
  readAs(server, ndjsonTypes, (body, batch) => {
    if (batch === undefined) throw new AppError('UNSUPPORTED_MEDIA_TYPE')
    return ndjsonItems(body, batch)
  })
  server.addContentTypeParser('*', { parseAs: 'buffer' }, ({ routeOptions }, body, done) => {
    const isRefused = body.length > 0 && routeOptions.config.ignoresBody !== true
    done(isRefused ? new AppError('UNSUPPORTED_MEDIA_TYPE') : null, undefined)
  })
}

function readAs(
  server: FastifyInstance,
  contentTypes: string[],
  read: (body: Buffer, batch: BatchLimits | undefined) => unknown,
): void {
  server.addContentTypeParser(
    contentTypes,
    { parseAs: 'buffer' },
    ({ headers, routeOptions }, body, done) => {
      try {
        if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
          throw new AppError('UNSUPPORTED_MEDIA_TYPE', { message: 'The body must not be compressed' })
        const value = read(body as Buffer, routeOptions.config.batch)
        if (value instanceof Promise) value.then((items: unknown) => done(null, items), done)
        else done(null, value)
      } catch (error) {
        done(error as Error)
      }
    },
  )
}
