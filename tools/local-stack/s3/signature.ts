import { timingSafeEqual } from 'node:crypto'
import { canonicalRequest, computeSignature } from './canonical.js'
import type { Scope } from './canonical.js'
import { S3Error } from './errors.js'
import type { S3Request } from './request.js'

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  region: string
}

/** What a request says about its own signature, from the Authorization header or from the query. */
interface Claim {
  accessKeyId: string
  scope: Scope
  amzDate: string
  signedHeaders: string[]
  signature: string
  payloadHash: string
  /** Seconds a presigned URL lives; absent on header authentication. */
  expires?: number
}

const algorithm = 'AWS4-HMAC-SHA256'
/** Both limits are S3's: 15 minutes of clock difference, seven days of a presigned URL. */
const maxSkewMs = 15 * 60_000
const maxExpires = 604_800

/**
 * @returns the payload hash that was signed: 64 hex digits, or one of S3's literals
 * @throws S3Error when the request is not signed by these credentials, or no longer
 */
export function verifySignature(request: S3Request, credentials: Credentials, now: Date): string {
  const claim = readClaim(request, credentials.region)
  if (claim.accessKeyId !== credentials.accessKeyId) throw new S3Error('InvalidAccessKeyId')
  checkTime(claim, now)
  checkSignedHeaders(request, claim)
  const canonical = canonicalRequest(request, claim.signedHeaders, claim.payloadHash)
  const expected = computeSignature(credentials.secretAccessKey, claim.scope, claim.amzDate, canonical)
  if (!equal(expected, claim.signature)) throw new S3Error('SignatureDoesNotMatch')
  return claim.payloadHash
}

function readClaim(request: S3Request, region: string): Claim {
  const authorization = request.headers.get('authorization')
  const presigned = request.query.has('X-Amz-Algorithm')
  if (authorization && presigned) throw new S3Error('InvalidArgument', 'Only one auth mechanism allowed')
  if (authorization) return claimOfHeader(request, authorization, region)
  if (presigned) return claimOfQuery(request, region)
  throw new S3Error('AccessDenied')
}

const authorizationPattern =
  /^AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([a-z0-9;_-]+), *Signature=([0-9a-f]{64})$/

function claimOfHeader(request: S3Request, authorization: string, region: string): Claim {
  const [, credential, signedHeaders, signature] = authorizationPattern.exec(authorization) ?? []
  if (!credential || !signedHeaders || !signature) throw new S3Error('AuthorizationHeaderMalformed')
  const payloadHash = request.headers.get('x-amz-content-sha256')
  if (!payloadHash) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
  }
  return {
    ...readCredential(credential, region, 'AuthorizationHeaderMalformed'),
    amzDate: request.headers.get('x-amz-date') ?? '',
    signedHeaders: signedHeaders.split(';'),
    signature,
    payloadHash,
  }
}

function claimOfQuery({ query, headers }: S3Request, region: string): Claim {
  const signature = query.get('X-Amz-Signature')
  const signedHeaders = query.get('X-Amz-SignedHeaders')
  const expires = query.get('X-Amz-Expires') ?? ''
  if (query.get('X-Amz-Algorithm') !== algorithm || !signature || !signedHeaders) {
    throw new S3Error('AuthorizationQueryParametersError')
  }
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > maxExpires) {
    throw new S3Error(
      'AuthorizationQueryParametersError',
      `X-Amz-Expires must be a number of seconds from 1 to ${maxExpires}`,
    )
  }
  return {
    ...readCredential(query.get('X-Amz-Credential') ?? '', region, 'AuthorizationQueryParametersError'),
    amzDate: query.get('X-Amz-Date') ?? '',
    signedHeaders: signedHeaders.split(';'),
    signature,
    payloadHash:
      query.get('X-Amz-Content-Sha256') ?? headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
    expires: Number(expires),
  }
}

function readCredential(
  credential: string,
  region: string,
  code: 'AuthorizationHeaderMalformed' | 'AuthorizationQueryParametersError',
): Pick<Claim, 'accessKeyId' | 'scope'> {
  const [, accessKeyId, date, claimedRegion, service, terminator] =
    /^(.+)\/(\d{8})\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(credential) ?? []
  if (!accessKeyId || !date || service !== 's3' || terminator !== 'aws4_request') {
    throw new S3Error(
      code,
      'The Credential is mal-formed; expecting "<key id>/YYYYMMDD/REGION/s3/aws4_request".',
    )
  }
  if (claimedRegion !== region) {
    throw new S3Error(code, `The region '${claimedRegion}' is wrong; expecting '${region}'`, {
      Region: region,
    })
  }
  return { accessKeyId, scope: { date, region } }
}

function checkTime({ amzDate, scope, expires }: Claim, now: Date): void {
  const signedAt = parseAmzDate(amzDate)
  if (Number.isNaN(signedAt) || !amzDate.startsWith(scope.date)) {
    throw new S3Error('AccessDenied', 'X-Amz-Date must be YYYYMMDDTHHMMSSZ, on the day of the credential')
  }
  const age = now.getTime() - signedAt
  if (expires === undefined) {
    if (Math.abs(age) > maxSkewMs) throw new S3Error('RequestTimeTooSkewed')
    return
  }
  if (age < -maxSkewMs) throw new S3Error('AccessDenied', 'Request is not valid yet')
  if (age > expires * 1000) {
    const end = new Date(signedAt + expires * 1000)
    throw new S3Error('AccessDenied', 'Request has expired', {
      'X-Amz-Expires': String(expires),
      Expires: end.toISOString(),
      ServerTime: now.toISOString(),
    })
  }
}

/** @returns milliseconds since the epoch, NaN for anything but `YYYYMMDDTHHMMSSZ` */
function parseAmzDate(text: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/**
 * A header that changes what S3 does must be signed, or whoever holds a presigned URL could add it.
 * The payload hash is part of what is signed anyway.
 */
function checkSignedHeaders({ headers }: S3Request, { signedHeaders }: Claim): void {
  if (!signedHeaders.includes('host'))
    throw new S3Error('SignatureDoesNotMatch', 'The host header must be signed')
  const unsigned = [...headers.keys()].filter(
    (name) => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !signedHeaders.includes(name),
  )
  if (unsigned.length === 0) return
  throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed', {
    HeadersNotSigned: unsigned.join(', '),
  })
}

function equal(expected: string, actual: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(actual)]
  return a.length === b.length && timingSafeEqual(a, b)
}
