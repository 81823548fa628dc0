import { z } from 'zod'

const MAX_BYTES = 16 * 1024
const MAX_KEYS = 100
/** PostgreSQL and JavaScript both read nested JSON by recursion: its depth has to have an end. */
const MAX_DEPTH = 32

/** Custom data of a lead: any JSON object of a bearable size. */
export const metadataField = z
  .record(z.string(), z.unknown(), 'Must be an object')
  .superRefine((metadata, context) => {
    const problem = problemOf(metadata)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .describe(`Any JSON: at most ${MAX_KEYS} keys, ${MAX_BYTES / 1024} KB, ${MAX_DEPTH} levels`)

function problemOf(metadata: Record<string, unknown>): string | null {
  if (Object.keys(metadata).length > MAX_KEYS) return `Must have at most ${MAX_KEYS} keys`
  if (isDeeper(metadata, MAX_DEPTH)) return `Must be nested at most ${MAX_DEPTH} levels deep`
  if (Buffer.byteLength(JSON.stringify(metadata)) > MAX_BYTES)
    return `Must have at most ${MAX_BYTES} bytes as JSON`
  return null
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}
