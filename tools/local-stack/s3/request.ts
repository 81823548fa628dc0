import type { IncomingMessage } from 'node:http'
import { S3Error } from './errors.js'

/** What an HTTP request asks for, in S3's words, path-style: `/bucket/key`. */
export interface S3Request {
  method: string
  /** Decoded and not normalised: a key may hold `..` and `//`. */
  path: string
  query: URLSearchParams
  /** Lower-case names; the values of a repeated header joined by a comma, as a signature wants them. */
  headers: ReadonlyMap<string, string>
  bucket: string | undefined
  key: string | undefined
  incoming: IncomingMessage
}

/** S3's own limit, in bytes of UTF-8. */
const maxKeyBytes = 1024

/** @throws S3Error InvalidURI, KeyTooLongError */
export function readRequest(incoming: IncomingMessage): S3Request {
  const target = incoming.url ?? ''
  // new URL() would resolve dot segments and so read another key than the one that was signed.
  const [rawPath = '', ...rest] = target.split('?')
  const path = decodePath(rawPath)
  const [bucket, ...segments] = path.slice(1).split('/')
  const key = segments.join('/')
  if (Buffer.byteLength(key) > maxKeyBytes) throw new S3Error('KeyTooLongError')
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(rest.join('?')),
    headers: joinedHeaders(incoming),
    bucket: bucket || undefined,
    key: key || undefined,
    incoming,
  }
}

function decodePath(rawPath: string): string {
  if (!rawPath.startsWith('/')) throw new S3Error('InvalidURI')
  try {
    return decodeURIComponent(rawPath)
  } catch {
    throw new S3Error('InvalidURI')
  }
}

function joinedHeaders(incoming: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    if (values) headers.set(name, values.join(','))
  }
  return headers
}
