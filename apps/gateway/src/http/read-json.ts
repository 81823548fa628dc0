import { AppError, type ErrorDetails } from '#core'
import { type JsonProblem, jsonProblems } from './json-text.js'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** JSON is UTF-8 (RFC 8259, section 8.1). @throws AppError 400 INVALID_JSON for bytes that are not */
export function decodeUtf8(body: Buffer): string {
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
 *   `jsonProblems` finds
 */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  const value = parsedJson(text)
  for (const problem of jsonProblems(text)) throw new AppError('VALIDATION_ERROR', problemDetails(problem))
  return value
}

/** What a client is told of a problem. Of what is nested too deep, the name at the top says enough. */
export function problemDetails({ path, message, isTooDeep }: JsonProblem): ErrorDetails {
  const named = isTooDeep ? path.slice(0, 1) : path
  return { ...(named.length > 0 && { field: named.join('.') }), message }
}

/** @throws AppError 400 INVALID_JSON */
export function parsedJson(text: string): unknown {
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
