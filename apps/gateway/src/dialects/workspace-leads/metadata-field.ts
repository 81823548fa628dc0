import { z } from 'zod'
import { MAX_DEPTH } from '../../http/json-budgets.js'

const MAX_BYTES = 16 * 1024
const MAX_KEYS = 100
/** A key becomes the name of a column, and part of an index. */
const MAX_KEY_LENGTH = 200

/** Custom data of a lead: any JSON object of a bearable size. How deep it goes was checked with the body. */
export const metadataField = z
  .record(z.string(), z.unknown(), 'Must be an object')
  .superRefine((metadata, context) => {
    const problem = problemOf(metadata)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .describe(
    `Any JSON: at most ${MAX_KEYS} keys of ${MAX_KEY_LENGTH} characters, ${MAX_BYTES / 1024} KB, ${MAX_DEPTH - 1} levels`,
  )

function problemOf(metadata: Record<string, unknown>): string | null {
  if (Object.keys(metadata).length > MAX_KEYS) return `Must have at most ${MAX_KEYS} keys`
  const long = Object.keys(metadata).find((key) => Array.from(key).length > MAX_KEY_LENGTH)
  if (long !== undefined) return `Must have keys of at most ${MAX_KEY_LENGTH} characters`
  if (hasLostNumber(metadata)) return 'Has a number that JSON readers would change: send it as text'
  if (Buffer.byteLength(JSON.stringify(metadata)) > MAX_BYTES)
    return `Must have at most ${MAX_BYTES} bytes as JSON`
  return null
}

/** A number that was read as another than was written: 1e400 became infinite, 2^53 and beyond lose digits. */
function hasLostNumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER
  return typeof value === 'object' && value !== null && Object.values(value).some(hasLostNumber)
}
