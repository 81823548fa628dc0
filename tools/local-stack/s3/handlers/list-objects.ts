import { integerParameter, sendXml } from '../call.js'
import type { Call } from '../call.js'
import { uriEncode } from '../canonical.js'
import { S3Error } from '../errors.js'
import { compareUtf8 } from '../store/objects.js'
import type { StoredObject } from '../store/objects.js'
import type { Xml } from '../xml.js'

interface ListQuery {
  prefix: string
  delimiter: string
  startAfter: string
  token: string | null
  maxKeys: number
  encode: (key: string) => string
}

/** A key, or a common prefix that stands for all keys below it. */
interface Entry {
  kind: 'key' | 'prefix'
  name: string
}

/** ListObjectsV2. */
export function listObjects({ request, response, store, bucket }: Call): void {
  const query = readListQuery(request.query)
  const { entries, truncated } = page(store.objects.keys(bucket), query)
  const last = entries.at(-1)
  const contents = entries.flatMap(({ kind, name }) => {
    const object = kind === 'key' ? store.objects.find(bucket, name) : undefined
    return object ? [renderObject(object, query)] : []
  })
  const prefixes = entries
    .filter(({ kind }) => kind === 'prefix')
    .map(({ name }): Xml => ['CommonPrefixes', [['Prefix', query.encode(name)]]])
  sendXml(response, [
    'ListBucketResult',
    [
      ['Name', bucket],
      ...echo(request.query, query),
      ['MaxKeys', query.maxKeys],
      ['KeyCount', entries.length],
      ['IsTruncated', truncated],
      ...(truncated && last ? [['NextContinuationToken', encodeToken(last)] as const] : []),
      ...contents,
      ...prefixes,
    ],
  ])
}

function readListQuery(query: URLSearchParams): ListQuery {
  if (query.get('list-type') !== '2') throw new S3Error('NotImplemented', 'Only ListObjectsV2 is implemented')
  const encoding = query.get('encoding-type')
  if (encoding !== null && encoding !== 'url') {
    throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request')
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    startAfter: query.get('start-after') ?? '',
    token: query.get('continuation-token'),
    maxKeys: integerParameter(query, 'max-keys', 1000, 1000),
    encode: encoding === 'url' ? (key) => uriEncode(key).replaceAll('%2F', '/') : (key) => key,
  }
}

function page(keys: readonly string[], query: ListQuery): { entries: Entry[]; truncated: boolean } {
  const after: Entry =
    query.token === null ? { kind: 'key', name: query.startAfter } : decodeToken(query.token)
  const entries: Entry[] = []
  if (query.maxKeys === 0) return { entries, truncated: false }
  let covered = after.kind === 'prefix' ? after.name : undefined
  for (const key of keys) {
    if (!key.startsWith(query.prefix) || compareUtf8(key, after.name) <= 0) continue
    if (covered !== undefined && key.startsWith(covered)) continue
    if (entries.length === query.maxKeys) return { entries, truncated: true }
    const entry = entryOf(key, query)
    covered = entry.kind === 'prefix' ? entry.name : undefined
    entries.push(entry)
  }
  return { entries, truncated: false }
}

function entryOf(key: string, { prefix, delimiter }: ListQuery): Entry {
  const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
  return cut === -1
    ? { kind: 'key', name: key }
    : { kind: 'prefix', name: key.slice(0, cut + delimiter.length) }
}

function renderObject({ key, lastModified, etag, size }: StoredObject, { encode }: ListQuery): Xml {
  return [
    'Contents',
    [
      ['Key', encode(key)],
      ['LastModified', lastModified],
      ['ETag', `"${etag}"`],
      ['Size', size],
      ['StorageClass', 'STANDARD'],
    ],
  ]
}

/** Parameters that the answer repeats when they were sent. */
function echo(sent: URLSearchParams, query: ListQuery): Xml[] {
  const elements: Xml[] = [['Prefix', query.encode(query.prefix)]]
  if (sent.has('delimiter')) elements.push(['Delimiter', query.encode(query.delimiter)])
  if (sent.has('start-after')) elements.push(['StartAfter', query.encode(query.startAfter)])
  if (sent.has('encoding-type')) elements.push(['EncodingType', 'url'])
  if (query.token !== null) elements.push(['ContinuationToken', query.token])
  return elements
}

function encodeToken({ kind, name }: Entry): string {
  return Buffer.from(`${kind}:${name}`).toString('base64url')
}

function decodeToken(token: string): Entry {
  const [, kind, name] = /^(key|prefix):([^]*)$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? []
  if (!kind || name === undefined)
    throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect')
  return { kind: kind === 'key' ? 'key' : 'prefix', name }
}
