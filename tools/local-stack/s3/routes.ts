import type { Operation } from './call.js'
import { isChecksumHeader } from './checksums.js'
import { S3Error } from './errors.js'
import {
  createBucket,
  deleteObjects,
  getBucketLocation,
  headBucket,
  listBuckets,
} from './handlers/buckets.js'
import { listObjects } from './handlers/list-objects.js'
import { listMultipartUploads, listParts } from './handlers/list-uploads.js'
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
} from './handlers/multipart.js'
import { readObject } from './handlers/read-object.js'
import { copyObject, putObject, removeObject } from './handlers/write-object.js'
import type { S3Request } from './request.js'

/** Method, scope, the subresources of the query in alphabetical order, `+copy` for a copy source. */
const routes: Readonly<Record<string, Operation>> = {
  'GET /': listBuckets,
  'PUT /bucket': createBucket,
  'HEAD /bucket': headBucket,
  'GET /bucket?location': getBucketLocation,
  'GET /bucket?list-type': listObjects,
  'GET /bucket?uploads': listMultipartUploads,
  'POST /bucket?delete': deleteObjects,
  'GET /bucket/key': readObject,
  'HEAD /bucket/key': readObject,
  'PUT /bucket/key': putObject,
  'PUT /bucket/key+copy': copyObject,
  'DELETE /bucket/key': removeObject,
  'POST /bucket/key?uploads': createMultipartUpload,
  'PUT /bucket/key?partNumber&uploadId': uploadPart,
  'GET /bucket/key?uploadId': listParts,
  'POST /bucket/key?uploadId': completeMultipartUpload,
  'DELETE /bucket/key?uploadId': abortMultipartUpload,
}

/** Query parameters that make another operation of a request. The unsupported ones are here to be refused. */
const subresources = new Set(
  (
    'accelerate acl analytics append attributes cors delete encryption intelligent-tiering inventory legal-hold ' +
    'lifecycle list-type location logging metadataTable metrics notification object-lock ownershipControls ' +
    'partNumber policy policyStatus publicAccessBlock renameObject replication requestPayment restore retention ' +
    'select session tagging torrent uploadId uploads versionId versioning versions website'
  ).split(' '),
)

/** @throws S3Error NotImplemented, rather than doing something else than was asked for */
export function operationFor(request: S3Request): Operation {
  const name = routeName(request)
  const operation = routes[name]
  if (!operation) throw new S3Error('NotImplemented', `${name} is not implemented`)
  refuseUnknownHeaders(request)
  return operation
}

function routeName({ method, bucket, key, query, headers }: S3Request): string {
  const scope = bucket === undefined ? '/' : key === undefined ? '/bucket' : '/bucket/key'
  const selectors = [...new Set(query.keys())].filter((name) => subresources.has(name)).sort()
  const suffix = selectors.length > 0 ? `?${selectors.join('&')}` : ''
  return `${method} ${scope}${suffix}${headers.has('x-amz-copy-source') ? '+copy' : ''}`
}

const knownHeaders = new Set([
  'x-amz-checksum-algorithm',
  'x-amz-checksum-mode',
  'x-amz-checksum-type',
  'x-amz-content-sha256',
  'x-amz-copy-source',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-metadata-directive',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-trailer',
  'x-amz-user-agent',
])

/** Encryption, locks, tags, access lists: who asks for them must not be told that it was done. */
function refuseUnknownHeaders({ headers }: S3Request): void {
  for (const name of headers.keys()) {
    if (!name.startsWith('x-amz-') || name.startsWith('x-amz-meta-')) continue
    if (!knownHeaders.has(name) && !isChecksumHeader(name)) {
      throw new S3Error('NotImplemented', undefined, { Header: name })
    }
  }
}
