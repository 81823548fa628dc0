import type { Call } from '../call.js'
import { S3Error } from '../errors.js'
import { checkRead } from '../preconditions.js'
import { readRange } from '../range.js'
import type { StoredObject } from '../store/objects.js'
import { overriddenHeaders } from './object-headers.js'

/** GetObject and HeadObject. */
export async function readObject({ request, response, store, bucket, key }: Call): Promise<void> {
  const object = store.objects.find(bucket, key)
  if (!object) throw new S3Error('NoSuchKey', undefined, { Key: key })
  const validators = {
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
  }
  if (checkRead(request, object) === 'not modified') {
    response.writeHead(304, validators).end()
    return
  }
  const headers = { ...object.headers, ...validators, ...overriddenHeaders(request.query) }
  const range = readRange(rangeHeader(request.headers, object), object.size)
  const { start, end } = range ?? { start: 0, end: object.size - 1 }
  const contentRange = range && { 'content-range': `bytes ${start}-${end}/${object.size}` }
  response.writeHead(range ? 206 : 200, { ...headers, ...contentRange, 'content-length': end - start + 1 })
  if (request.method === 'GET') await store.blobs.send(object.blobs, start, end, response)
  response.end()
}

/** A client that resumes the download of an object that has changed since gets the new one from its beginning. */
function rangeHeader(headers: ReadonlyMap<string, string>, object: StoredObject): string | undefined {
  const ifRange = headers.get('if-range')
  return ifRange === undefined || ifRange === `"${object.etag}"` ? headers.get('range') : undefined
}
