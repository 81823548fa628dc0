import { createHash, createHmac } from 'node:crypto'
import type { S3Request } from './request.js'

/** Signature Version 4: what is signed, and with which key. Source: "Create a signed AWS API request", AWS IAM User Guide. */

export interface Scope {
  /** `YYYYMMDD` */
  date: string
  region: string
}

/** @param amzDate ISO 8601 basic format, `YYYYMMDDTHHMMSSZ` */
export function computeSignature(
  secret: string,
  scope: Scope,
  amzDate: string,
  canonicalRequest: string,
): string {
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    amzDate,
    `${scope.date}/${scope.region}/s3/aws4_request`,
    createHash('sha256').update(canonicalRequest).digest('hex'),
  ].join('\n')
  const keyParts = [scope.date, scope.region, 's3', 'aws4_request']
  const signingKey = keyParts.reduce<string | Buffer>((key, part) => hmac(key, part), `AWS4${secret}`)
  return hmac(signingKey, stringToSign).toString('hex')
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

export function canonicalRequest(
  request: S3Request,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const headers = signedHeaders.map((name) => `${name}:${canonicalValue(request.headers.get(name) ?? '')}\n`)
  return [
    request.method,
    // Unlike other services, S3 encodes the path once and does not normalise it.
    uriEncode(request.path).replaceAll('%2F', '/'),
    canonicalQuery(request.query),
    headers.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function canonicalValue(value: string): string {
  return value.trim().replace(/ +/g, ' ')
}

/** RFC 3986: everything but unreserved characters, where encodeURIComponent leaves five more. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
