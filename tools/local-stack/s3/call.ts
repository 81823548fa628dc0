import type { ServerResponse } from 'node:http'
import { S3Error } from './errors.js'
import type { S3Request } from './request.js'
import type { Store } from './store/store.js'
import { renderXml, xmlNamespace } from './xml.js'
import type { Xml } from './xml.js'

/** One authenticated request and all that an operation needs to answer it. */
export interface Call {
  request: S3Request
  response: ServerResponse
  store: Store
  region: string
  /** Empty for operations on the service. */
  bucket: string
  /** Empty for operations on a bucket. */
  key: string
  /** Verified while it is read; see verifiedBody. */
  body: AsyncIterable<Buffer>
}

export type Operation = (call: Call) => void | Promise<void>

export function sendXml(response: ServerResponse, root: Xml): void {
  const document = renderXml(root, xmlNamespace)
  response.writeHead(200, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(document),
  })
  response.end(document)
}

export function sendEmpty(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': 0 })
  response.end()
}

/** A page size or a number: absent is the default, above the maximum is the maximum, as S3 does. */
export function integerParameter(
  query: URLSearchParams,
  name: string,
  fallback: number,
  maximum: number,
): number {
  const text = query.get(name)
  if (text === null) return fallback
  if (!/^\d{1,10}$/.test(text)) {
    throw new S3Error('InvalidArgument', `Provided ${name} not an integer or within integer range`, {
      ArgumentName: name,
    })
  }
  return Math.min(Number(text), maximum)
}
