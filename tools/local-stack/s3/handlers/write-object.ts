import { sendEmpty, sendXml } from '../call.js'
import type { Call } from '../call.js'
import { S3Error } from '../errors.js'
import { checkWrite } from '../preconditions.js'
import type { Blob } from '../store/blobs.js'
import type { StoredObject } from '../store/objects.js'
import { deleteObject, replaceObject } from '../store/store.js'
import { headersToKeep } from './object-headers.js'

export async function putObject(call: Call): Promise<void> {
  const headers = headersToKeep(call.request)
  // Early, to spare the client the body; again when it is there, because another write may have come first.
  checkWrite(call.request, call.store.objects.find(call.bucket, call.key))
  const blob = await call.store.blobs.write(call.body)
  const object = storeBlob(call, blob, headers)
  sendEmpty(call.response, 200, { etag: `"${object.etag}"` })
}

export async function copyObject(call: Call): Promise<void> {
  const source = copySource(call)
  const replace = call.request.headers.get('x-amz-metadata-directive') === 'REPLACE'
  const headers = replace ? headersToKeep(call.request) : source.headers
  const blob = await call.store.blobs.copy(source.blobs)
  const { etag, lastModified } = storeBlob(call, blob, headers)
  sendXml(call.response, [
    'CopyObjectResult',
    [
      ['LastModified', lastModified],
      ['ETag', `"${etag}"`],
    ],
  ])
}

function storeBlob(
  { request, store, bucket, key }: Call,
  blob: Blob,
  headers: Record<string, string>,
): StoredObject {
  const object: StoredObject = {
    key,
    size: blob.size,
    etag: blob.etag,
    lastModified: new Date().toISOString(),
    headers,
    blobs: [blob],
  }
  try {
    checkWrite(request, store.objects.find(bucket, key))
    replaceObject(store, bucket, object)
  } catch (error) {
    store.blobs.discard([blob])
    throw error
  }
  return object
}

function copySource({ request, store, bucket, key }: Call): StoredObject {
  const header = request.headers.get('x-amz-copy-source') ?? ''
  const [, sourceBucket, encodedKey] = /^\/?([^/]+)\/([^?]+)$/.exec(header) ?? []
  const sourceKey = decode(encodedKey)
  if (!sourceBucket || !sourceKey) {
    throw new S3Error(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    )
  }
  const toItself = sourceBucket === bucket && sourceKey === key
  if (toItself && request.headers.get('x-amz-metadata-directive') !== 'REPLACE') {
    throw new S3Error('InvalidRequest', 'This copy request is illegal because it copies an object to itself')
  }
  const source = store.objects.find(sourceBucket, sourceKey)
  if (!source) throw new S3Error('NoSuchKey', undefined, { Key: sourceKey })
  return source
}

function decode(encoded: string | undefined): string | undefined {
  try {
    return encoded && decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

export function removeObject({ response, store, bucket, key }: Call): void {
  deleteObject(store, bucket, key)
  sendEmpty(response, 204)
}
