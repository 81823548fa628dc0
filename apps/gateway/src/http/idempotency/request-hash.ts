import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { inSlices, sha256Hex } from '#core'

/** SHA-256 of all that a request says beside its key, in hex; of a batch in slices. */
export async function requestHash({
  params,
  query,
  body,
}: Pick<FastifyRequest, 'params' | 'query' | 'body'>): Promise<string> {
  if (!Array.isArray(body)) return sha256Hex(JSON.stringify([params, query, body]))
  // The bytes are those that the whole would have.
  const hash = createHash('sha256').update(`[${JSON.stringify(params)},${JSON.stringify(query)},[`)
  await inSlices(body as unknown[], (item, n) => hash.update(`${n === 0 ? '' : ','}${JSON.stringify(item)}`))
  return hash.update(']]').digest('hex')
}
