import { createHash } from 'node:crypto'
import { readXmlBody } from '../body.js'
import { sendEmpty, sendXml } from '../call.js'
import type { Call } from '../call.js'
import { S3Error } from '../errors.js'
import { checkWrite, unquote } from '../preconditions.js'
import type { Blob } from '../store/blobs.js'
import { replaceObject } from '../store/store.js'
import type { Store } from '../store/store.js'
import type { Part, Upload } from '../store/uploads.js'
import { childText } from '../xml.js'
import type { XmlElement } from '../xml.js'
import { headersToKeep } from './object-headers.js'

/** "Amazon S3 multipart upload limits": every part but the last has at least 5 MiB, and there are 10,000 at most. */
const minPartBytes = 5 * 1024 * 1024
export const maxParts = 10_000

export function createMultipartUpload({ request, response, store, bucket, key }: Call): void {
  const { id } = store.uploads.create({ bucket, key, headers: headersToKeep(request) })
  sendXml(response, [
    'InitiateMultipartUploadResult',
    [
      ['Bucket', bucket],
      ['Key', key],
      ['UploadId', id],
    ],
  ])
}

/** @throws S3Error NoSuchUpload */
export function findUpload({ request, store, bucket, key }: Call): Upload {
  return store.uploads.get(bucket, key, request.query.get('uploadId') ?? '')
}

export async function uploadPart(call: Call): Promise<void> {
  const { request, response, store, body } = call
  const text = request.query.get('partNumber') ?? ''
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > maxParts) {
    throw new S3Error(
      'InvalidArgument',
      `Part number must be an integer between 1 and ${maxParts}, inclusive`,
    )
  }
  findUpload(call)
  const blob = await store.blobs.write(body)
  storePart(call, { number, blob, lastModified: new Date().toISOString() })
  sendEmpty(response, 200, { etag: `"${blob.etag}"` })
}

/** The upload may have been aborted or completed while the part travelled. */
function storePart(call: Call, part: Part): void {
  const { blobs, uploads } = call.store
  try {
    const before = uploads.putPart(findUpload(call), part)
    if (before) blobs.discard([before.blob])
  } catch (error) {
    blobs.discard([part.blob])
    throw error
  }
}

export function abortMultipartUpload(call: Call): void {
  endUpload(call.store, findUpload(call), [])
  sendEmpty(call.response, 204)
}

export async function completeMultipartUpload(call: Call): Promise<void> {
  const { request, response, store, bucket, key } = call
  findUpload(call)
  const list = await readXmlBody(call.body, 'CompleteMultipartUpload')
  // From here to the end of the upload nothing waits, so no other request comes between.
  const upload = findUpload(call)
  const blobs = choose(upload, list)
  checkWrite(request, store.objects.find(bucket, key))
  const etag = multipartEtag(blobs)
  replaceObject(store, bucket, {
    key,
    size: blobs.reduce((sum, { size }) => sum + size, 0),
    etag,
    lastModified: new Date().toISOString(),
    headers: upload.headers,
    blobs,
    uploadId: upload.id,
  })
  endUpload(store, upload, blobs)
  const location = `http://${request.headers.get('host')}/${bucket}/${encodeURIComponent(key)}`
  sendXml(response, [
    'CompleteMultipartUploadResult',
    [
      ['Location', location],
      ['Bucket', bucket],
      ['Key', key],
      ['ETag', `"${etag}"`],
    ],
  ])
}

/** The parts of the list, in its order, after all of S3's checks. */
function choose(upload: Upload, list: XmlElement): Blob[] {
  const wanted = list.children.filter((child) => child.name === 'Part').map(readPart)
  if (wanted.length === 0) throw new S3Error('MalformedXML')
  const blobs: Blob[] = []
  let previous = 0
  for (const { number, etag } of wanted) {
    if (number <= previous) throw new S3Error('InvalidPartOrder', undefined, { UploadId: upload.id })
    const blob = upload.parts.get(number)?.blob
    if (blob?.etag !== etag) throw new S3Error('InvalidPart', undefined, { PartNumber: String(number) })
    blobs.push(blob)
    previous = number
  }
  const small = blobs.slice(0, -1).find(({ size }) => size < minPartBytes)
  if (small) {
    throw new S3Error('EntityTooSmall', undefined, {
      ProposedSize: String(small.size),
      MinSizeAllowed: String(minPartBytes),
      ETag: small.etag,
    })
  }
  return blobs
}

function readPart(element: XmlElement): { number: number; etag: string } {
  const number = childText(element, 'PartNumber')?.trim() ?? ''
  const etag = childText(element, 'ETag')?.trim()
  if (!/^\d{1,5}$/.test(number) || !etag) throw new S3Error('MalformedXML')
  return { number: Number(number), etag: unquote(etag) }
}

function multipartEtag(blobs: readonly Blob[]): string {
  const hash = createHash('md5')
  for (const { etag } of blobs) hash.update(etag, 'hex')
  return `${hash.digest('hex')}-${blobs.length}`
}

function endUpload({ uploads, blobs }: Store, upload: Upload, keep: readonly Blob[]): void {
  uploads.remove(upload)
  const uploaded = [...upload.parts.values()].map((part) => part.blob)
  blobs.discard(uploaded.filter((blob) => !keep.includes(blob)))
}
