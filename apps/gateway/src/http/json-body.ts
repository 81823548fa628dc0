import type { FastifyInstance } from 'fastify'
import { AppError } from '#core'

/**
 * The only body the API reads is JSON. An empty body is none, whatever its content type: clients send
 * `Content-Type: application/json` with a bare GET, and a form's button posts nothing.
 */
export function useJsonBodies(server: FastifyInstance): void {
  // Chatbase documents a JSON body on GET; Fastify drops it unless asked to read it.
  server.addHttpMethod('GET', { hasBody: true, overrideExisting: true })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, ({ headers }, body, done) => {
    try {
      if ((headers['content-encoding'] ?? 'identity') !== 'identity')
        throw new AppError('UNSUPPORTED_MEDIA_TYPE')
      done(null, parseJson(decode(body as Buffer)))
    } catch (error) {
      done(error as Error)
    }
  })
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(body.length === 0 ? null : new AppError('UNSUPPORTED_MEDIA_TYPE'), undefined)
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** JSON is UTF-8 (RFC 8259, section 8.1). @throws AppError 400 INVALID_JSON for bytes that are not */
function decode(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new AppError('INVALID_JSON', { message: 'Is not UTF-8' })
  }
}

/** @throws AppError 400 INVALID_JSON, for `__proto__` as a key too: no client means it */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw new SyntaxError('__proto__ is not allowed as a key')
      return value
    })
  } catch (error) {
    throw new AppError('INVALID_JSON', {
      message: error instanceof SyntaxError ? error.message : 'Is nested too deeply',
    })
  }
}
