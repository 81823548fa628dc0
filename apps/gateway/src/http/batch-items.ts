import { AppError, type ErrorDetails, invalid, nextSlice } from '#core'
import { BATCH_BUDGET, ITEM_BUDGET } from './json-budgets.js'
import { type JsonScan, scanJson } from './json-scan.js'
import type { JsonProblem } from './json-text.js'
import { assertWithin, decodeUtf8, parsedJson, parseJson, problemDetails, problemsOf } from './read-json.js'

/** How a batch comes, and how much of it. */
export interface BatchLimits {
  /** The field of a JSON body that holds the list; a line of NDJSON is one of its items. */
  field: string
  maxItems: number
  maxBytes: number
}

/** One item as it came, and why it can't even be read where it can't; a field is named as within the item. */
export interface BatchItem {
  value: unknown
  problem?: ErrorDetails
}

export const NDJSON = 'application/x-ndjson'
/** The content types of newline-delimited JSON that are in use. */
export const ndjsonTypes = [NDJSON, 'application/ndjson', 'application/jsonl', 'application/x-jsonlines']

/**
 * The items of a JSON object that has nothing but the list. The event loop turns between the steps, so that bodies that arrive
 * together are read one after the other, and others are served between them.
 * @param json is changed where an item is over its budget
 * @throws AppError 400 for what is wrong around the items and for a batch that is over its budget, 413 for too many items
 */
export async function jsonItems(json: Buffer, { field, maxItems }: BatchLimits): Promise<BatchItem[]> {
  await nextSlice()
  const scan = scanJson(json, BATCH_BUDGET, { field, budget: ITEM_BUDGET })
  assertWithin(json, scan)
  blank(json, scan)
  await nextSlice()
  const text = decodeUtf8(json)
  if (text.trim() === '') throw invalid(field, 'Is required')
  await nextSlice()
  const body = parsedJson(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new AppError('VALIDATION_ERROR', { message: 'The body must be a JSON object' })
  await nextSlice()
  const bad = new Map(scan.items.map(({ index, excess }) => [index, excess]))
  for (const problem of problemsOf(body, json, scan)) {
    const [top, index, ...path] = problem.path
    if (top !== field || !Array.isArray(body[top as keyof typeof body]) || path.length === 0)
      throw refusal(problem)
    if (!bad.has(Number(index))) bad.set(Number(index), problemDetails({ ...problem, path }))
  }
  const alien = Object.keys(body).find((name) => name !== field)
  if (alien !== undefined) throw invalid(alien, 'Is not a known field')
  const list: unknown = body[field as keyof typeof body]
  if (list === undefined) throw invalid(field, 'Is required')
  if (!Array.isArray(list)) throw invalid(field, 'Must be a list')
  if (list.length > maxItems) throw tooMany(field, maxItems)
  return list.map((value: unknown, index) => {
    const problem = bad.get(index)
    return problem === undefined ? { value } : { value, problem }
  })
}

/** Puts null in the place of what is over its budget, so that it is not parsed. */
function blank(json: Buffer, { items }: JsonScan): void {
  for (const { start, end } of items) json.fill(' ', start, end).write('null', start)
}

/**
 * The items of NDJSON, a line each, read in slices; empty lines count for nothing.
 * A line has the budget of an item; their number bounds the whole.
 * @throws AppError 413 for too many items
 */
export async function ndjsonItems(body: Buffer, { field, maxItems }: BatchLimits): Promise<BatchItem[]> {
  const items: BatchItem[] = []
  for (let start = 0; start < body.length;) {
    const newline = body.indexOf(0x0a, start)
    const end = newline === -1 ? body.length : newline
    const pause = nextSlice()
    if (pause !== undefined) await pause
    const item = isEmpty(body, start, end) ? null : lineItem(body.subarray(start, end))
    if (item !== null && items.push(item) > maxItems) throw tooMany(field, maxItems)
    start = end + 1
  }
  return items
}

/** Of a body that is all line ends, none is worth a look of its own. */
const isEmpty = (body: Buffer, start: number, end: number): boolean =>
  start === end || (end - start === 1 && body[start] === 0x0d)

function lineItem(line: Buffer): BatchItem | null {
  try {
    const value = parseJson(line, ITEM_BUDGET)
    return value === undefined ? null : { value }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return {
      value: null,
      problem: { ...error.details, message: error.message.replace('The body', 'The line') },
    }
  }
}

const refusal = (problem: JsonProblem): AppError => new AppError('VALIDATION_ERROR', problemDetails(problem))

const tooMany = (field: string, maxItems: number): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', { field, message: `Must have at most ${maxItems}` })
