import { RouteConfig } from '@nestjs/platform-fastify'
import type { FastifyContextConfig, FastifyInstance } from 'fastify'
import { AppError } from '#core'
import { jsonProblem } from './json-text.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    ignoresBody?: boolean
  }
}

const ignoresBody: FastifyContextConfig = { ignoresBody: true }
/** For a route that a person's form posts to: what the form holds does not matter. */
export const IgnoresBody = () => RouteConfig(ignoresBody)

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
      if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
        throw new AppError('UNSUPPORTED_MEDIA_TYPE', { message: 'The body must not be compressed' })
      done(null, parseJson(decode(body as Buffer)))
    } catch (error) {
      done(error as Error)
    }
  })
  server.addContentTypeParser('*', { parseAs: 'buffer' }, ({ routeOptions }, body, done) => {
    const isRefused = body.length > 0 && routeOptions.config.ignoresBody !== true
    done(isRefused ? new AppError('UNSUPPORTED_MEDIA_TYPE') : null, undefined)
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

/**
 * Reads JSON more strictly than JSON.parse.
 * @returns undefined for an empty text
 * @throws AppError 400: INVALID_JSON for what is none, VALIDATION_ERROR that names the field for what
 *   `jsonProblem` finds
 */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  const value = parsed(text)
  const problem = jsonProblem(text)
  if (problem === null) return value
  const { path, message } = problem
  throw new AppError('VALIDATION_ERROR', { ...(path.length > 0 && { field: path.join('.') }), message })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('INVALID_JSON', { message: sentenceOf(error, text) })
  }
}

/** In our own words: the engine's differ from version to version, and quote the body. */
function sentenceOf(error: unknown, text: string): string {
  const said = error instanceof Error ? error.message : ''
  const position = /at position (\d+)/.exec(said)?.[1]
  if (/^Unexpected end|^Unterminated/.test(said) || Number(position) >= text.length)
    return 'The body ends too early'
  return position === undefined
    ? 'The body is not JSON'
    : `The body is not JSON from character ${Number(position) + 1} on`
}
