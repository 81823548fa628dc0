import { integerParameter, sendXml } from '../call.js'
import type { Call } from '../call.js'
import { S3Error } from '../errors.js'
import { compareUtf8 } from '../store/objects.js'
import type { Part, Upload } from '../store/uploads.js'
import type { Xml } from '../xml.js'
import { findUpload, maxParts } from './multipart.js'

export function listParts(call: Call): void {
  const { request, response, bucket, key } = call
  const upload = findUpload(call)
  const marker = integerParameter(request.query, 'part-number-marker', 0, maxParts)
  const pageSize = integerParameter(request.query, 'max-parts', 1000, 1000)
  const later = [...upload.parts.values()]
    .filter(({ number }) => number > marker)
    .sort((a, b) => a.number - b.number)
  const parts = later.slice(0, pageSize)
  const truncated = later.length > parts.length && parts.length > 0
  sendXml(response, [
    'ListPartsResult',
    [
      ['Bucket', bucket],
      ['Key', key],
      ['UploadId', upload.id],
      ['PartNumberMarker', marker],
      ['NextPartNumberMarker', parts.at(-1)?.number ?? marker],
      ['MaxParts', pageSize],
      ['IsTruncated', truncated],
      ...parts.map(renderPart),
    ],
  ])
}

function renderPart({ number, lastModified, blob }: Part): Xml {
  return [
    'Part',
    [
      ['PartNumber', number],
      ['LastModified', lastModified],
      ['ETag', `"${blob.etag}"`],
      ['Size', blob.size],
    ],
  ]
}

export function listMultipartUploads({ request: { query }, response, store, bucket }: Call): void {
  if (query.has('delimiter')) throw new S3Error('NotImplemented', 'ListMultipartUploads takes no delimiter')
  const prefix = query.get('prefix') ?? ''
  const keyMarker = query.get('key-marker') ?? ''
  const idMarker = query.get('upload-id-marker') ?? ''
  const pageSize = integerParameter(query, 'max-uploads', 1000, 1000)
  const later = store.uploads
    .all()
    .filter((upload) => upload.bucket === bucket && upload.key.startsWith(prefix))
    .sort(byKeyAndId)
    .filter((upload) => isAfter(upload, keyMarker, idMarker))
  const uploads = later.slice(0, pageSize)
  const last = uploads.at(-1)
  const truncated = later.length > uploads.length && last !== undefined
  sendXml(response, [
    'ListMultipartUploadsResult',
    [
      ['Bucket', bucket],
      ['Prefix', prefix],
      ['KeyMarker', keyMarker],
      ['UploadIdMarker', idMarker],
      ...(truncated
        ? ([
            ['NextKeyMarker', last.key],
            ['NextUploadIdMarker', last.id],
          ] as const)
        : []),
      ['MaxUploads', pageSize],
      ['IsTruncated', truncated],
      ...uploads.map(renderUpload),
    ],
  ])
}

function byKeyAndId(a: Upload, b: Upload): number {
  return compareUtf8(a.key, b.key) || compareUtf8(a.id, b.id)
}

/** Without an upload's id the marker stands for every upload of its key. */
function isAfter(upload: Upload, keyMarker: string, idMarker: string): boolean {
  const order = compareUtf8(upload.key, keyMarker)
  return order > 0 || (order === 0 && idMarker !== '' && compareUtf8(upload.id, idMarker) > 0)
}

function renderUpload({ key, id, initiated }: Upload): Xml {
  return [
    'Upload',
    [
      ['Key', key],
      ['UploadId', id],
      ['StorageClass', 'STANDARD'],
      ['Initiated', initiated],
    ],
  ]
}
