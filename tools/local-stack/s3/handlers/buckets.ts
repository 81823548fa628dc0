import { readXmlBody } from '../body.js'
import { sendEmpty, sendXml } from '../call.js'
import type { Call } from '../call.js'
import { S3Error } from '../errors.js'
import { deleteObject } from '../store/store.js'
import { childText } from '../xml.js'
import type { Xml } from '../xml.js'

export function listBuckets({ response, store }: Call): void {
  const buckets = store.objects.listBuckets().map(({ name, createdAt }): Xml => {
    return [
      'Bucket',
      [
        ['Name', name],
        ['CreationDate', createdAt],
      ],
    ]
  })
  sendXml(response, [
    'ListAllMyBucketsResult',
    [
      ['Owner', [['ID', 'local']]],
      ['Buckets', buckets],
    ],
  ])
}

/** The body may name a region; there is only one. */
export function createBucket({ response, store, bucket }: Call): void {
  store.objects.createBucket(bucket)
  sendEmpty(response, 200, { location: `/${bucket}` })
}

export function headBucket({ response, region }: Call): void {
  sendEmpty(response, 200, { 'x-amz-bucket-region': region })
}

/** us-east-1 is the empty string, for the sake of a time when there was no other region. */
export function getBucketLocation({ response, region }: Call): void {
  sendXml(response, ['LocationConstraint', region === 'us-east-1' ? '' : region])
}

const maxDeletedObjects = 1000

export async function deleteObjects({ request, response, store, bucket, body }: Call): Promise<void> {
  const root = await readXmlBody(body, 'Delete')
  if (
    ![...request.headers.keys()].some((name) => name === 'content-md5' || name.startsWith('x-amz-checksum-'))
  ) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: Content-MD5')
  }
  const objects = root.children.filter((child) => child.name === 'Object')
  const keys = objects.map((object) => childText(object, 'Key'))
  if (keys.length === 0 || keys.length > maxDeletedObjects) throw new S3Error('MalformedXML')
  const deleted: Xml[] = []
  for (const key of keys) {
    if (!key) throw new S3Error('MalformedXML')
    deleted.push(['Deleted', [['Key', key]]])
  }
  for (const key of keys) deleteObject(store, bucket, key ?? '')
  sendXml(response, ['DeleteResult', childText(root, 'Quiet') === 'true' ? [] : deleted])
}
