import { AppError, type ErrorDetails } from '#core'
import { BODY_BUDGET, type JsonBudget } from './json-budgets.js'
import { isClosed, type JsonScan, scanJson } from './json-scan.js'
import { type JsonProblem, jsonProblems, keysIn } from './json-text.js'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** JSON is UTF-8 (RFC 8259, section 8.1). @throws AppError 400 INVALID_JSON for bytes that are not */
export function decodeUtf8(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new AppError('INVALID_JSON', { message: 'Is not UTF-8' })
  }
}

/**
 * Reads JSON more strictly than JSON.parse, and nothing that is over its budget.
 * @returns undefined for an empty text
 * @throws AppError 400: INVALID_JSON for what is none, VALIDATION_ERROR that names the field for what is over the budget,
 *   for a name that comes twice and for `__proto__`
 */
export function parseJson(json: Buffer, budget: JsonBudget = BODY_BUDGET): unknown {
  const scan = scanJson(json, budget)
  assertWithin(json, scan)
  const text = decodeUtf8(json)
  if (text.trim() === '') return undefined
  const value = parsedJson(text)
  for (const problem of problemsOf(value, json, scan))
    throw new AppError('VALIDATION_ERROR', problemDetails(problem))
  return value
}

/** @throws AppError 400 for a text that is over its budget */
export function assertWithin(json: Buffer, { excess, isTooDeep }: JsonScan): void {
  if (excess === undefined) return
  // A body that was cut short is often too deep as well, and the client has to know that it was cut.
  throw isTooDeep && !isClosed(json)
    ? new AppError('INVALID_JSON', { message: TOO_SHORT })
    : new AppError('VALIDATION_ERROR', excess)
}

/** What is wrong with a text beside its syntax. Only where it has a problem is it read again, to name the field. */
export function problemsOf(value: unknown, json: Buffer, { keys }: JsonScan): Iterable<JsonProblem> {
  return keysIn(value) === keys ? [] : jsonProblems(json)
}

export const problemDetails = ({ path, message }: JsonProblem): ErrorDetails => ({
  ...(path.length > 0 && { field: path.join('.') }),
  message,
})

/** @throws AppError 400 INVALID_JSON */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('INVALID_JSON', { message: sentenceOf(error, text) })
  }
}

const TOO_SHORT = 'The body ends too early'

/** In our own words: the engine's differ from version to version, and quote the body. */
function sentenceOf(error: unknown, text: string): string {
  const said = error instanceof Error ? error.message : ''
  const position = /at position (\d+)/.exec(said)?.[1]
  if (/^Unexpected end|^Unterminated/.test(said) || Number(position) >= text.length) return TOO_SHORT
  return position === undefined
    ? 'The body is not JSON'
    : `The body is not JSON from character ${Number(position) + 1} on`
}
