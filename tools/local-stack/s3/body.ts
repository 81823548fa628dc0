import { digestFor, hashDigest, isChecksumHeader } from './checksums.js'
import type { Digest } from './checksums.js'
import { decodeAwsChunked } from './chunked-body.js'
import { S3Error } from './errors.js'
import type { S3ErrorCode } from './errors.js'
import type { S3Request } from './request.js'
import { parseXml } from './xml.js'
import type { XmlElement } from './xml.js'

const trailerPayload = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'

/** A digest that runs along with the body, and the base64 it must come to. */
interface Check {
  digest: Digest
  /** Read after the body, because a trailer comes after it. */
  expected: () => string | undefined
  mismatch: S3ErrorCode
}

/**
 * The request's payload, with the aws-chunked framing taken off. Whoever reads it to its end without an error
 * knows that length, payload hash, Content-MD5 and checksum hold; whoever meets an error must keep nothing.
 *
 * @param payloadHash as verifySignature returned it
 */
export async function* verifiedBody(request: S3Request, payloadHash: string): AsyncGenerator<Buffer> {
  const trailers = new Map<string, string>()
  const checks = checksOf(request, payloadHash, trailers)
  const length = expectedLength(request, payloadHash)
  // A refusal in the middle must still be answered, so leaving the loop must not destroy the socket.
  const received = request.incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  const body = payloadHash === trailerPayload ? decodeAwsChunked(received, trailers) : received
  let size = 0
  for await (const piece of body) {
    size += piece.length
    for (const { digest } of checks) digest.update(piece)
    yield piece
  }
  if (size !== length) throw new S3Error('IncompleteBody')
  for (const { digest, expected, mismatch } of checks) {
    if (digest.base64() !== expected()) throw new S3Error(mismatch)
  }
}

function expectedLength({ headers }: S3Request, payloadHash: string): number {
  const name = payloadHash === trailerPayload ? 'x-amz-decoded-content-length' : 'content-length'
  const length = headers.get(name) ?? ''
  if (!/^\d{1,15}$/.test(length)) throw new S3Error('MissingContentLength', `You must provide ${name}.`)
  return Number(length)
}

function checksOf({ headers }: S3Request, payloadHash: string, trailers: Map<string, string>): Check[] {
  const checks = payloadChecks(payloadHash, headers.get('x-amz-trailer'), trailers)
  const md5 = headers.get('content-md5')
  if (md5 !== undefined) {
    if (!/^[A-Za-z0-9+/]{22}==$/.test(md5)) throw new S3Error('InvalidDigest')
    checks.push({ digest: hashDigest('md5'), expected: () => md5, mismatch: 'BadDigest' })
  }
  for (const [name, value] of headers) {
    if (!isChecksumHeader(name)) continue
    checks.push({ digest: digestFor(name), expected: () => value, mismatch: 'BadDigest' })
  }
  return checks
}

function payloadChecks(
  payloadHash: string,
  trailer: string | undefined,
  trailers: Map<string, string>,
): Check[] {
  if (payloadHash === 'UNSIGNED-PAYLOAD') return []
  if (/^[0-9a-f]{64}$/.test(payloadHash)) {
    const expected = Buffer.from(payloadHash, 'hex').toString('base64')
    return [{ digest: hashDigest('sha256'), expected: () => expected, mismatch: 'XAmzContentSHA256Mismatch' }]
  }
  if (payloadHash === trailerPayload) {
    if (!trailer || !isChecksumHeader(trailer)) throw new S3Error('MalformedTrailerError')
    return [{ digest: digestFor(trailer), expected: () => trailers.get(trailer), mismatch: 'BadDigest' }]
  }
  // Chunks with signatures of their own; storing them undecoded would corrupt the object.
  if (payloadHash.startsWith('STREAMING-')) {
    throw new S3Error('NotImplemented', `${payloadHash} is not implemented`, {
      Header: 'x-amz-content-sha256',
    })
  }
  throw new S3Error(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, or a valid sha256 value.',
  )
}

/** S3's limit for the list of 10,000 parts. */
const maxXmlBytes = 2 * 1024 * 1024

/** @throws S3Error MalformedXML, also when the root is not the expected one */
export async function readXmlBody(body: AsyncIterable<Buffer>, rootName: string): Promise<XmlElement> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body) {
    size += piece.length
    if (size > maxXmlBytes) throw new S3Error('MaxMessageLengthExceeded')
    pieces.push(piece)
  }
  const root = parseXml(Buffer.concat(pieces).toString('utf8'))
  if (root.name !== rootName) throw new S3Error('MalformedXML')
  return root
}
