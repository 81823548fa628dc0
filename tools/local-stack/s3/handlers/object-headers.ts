import { S3Error } from '../errors.js'
import type { S3Request } from '../request.js'

const keptHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
]

/** S3's own limit for the names and values of x-amz-meta-*, in bytes. */
const maxMetadataBytes = 2 * 1024

/** The headers of a write that a read gives back. */
export function headersToKeep({ headers }: S3Request): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' }
  let metadataBytes = 0
  for (const [name, value] of headers) {
    if (name.startsWith('x-amz-meta-')) metadataBytes += name.length - 'x-amz-meta-'.length + value.length
    else if (!keptHeaders.includes(name)) continue
    kept[name] = value
  }
  if (metadataBytes > maxMetadataBytes) {
    throw new S3Error('InvalidArgument', 'Your metadata headers exceed the maximum allowed metadata size')
  }
  return withoutTransportEncoding(kept)
}

/** aws-chunked says how the bytes travelled, not what they are. */
function withoutTransportEncoding(headers: Record<string, string>): Record<string, string> {
  const { 'content-encoding': encoding, ...others } = headers
  const encodings = (encoding ?? '').split(',').map((name) => name.trim())
  const kept = encodings.filter((name) => name !== '' && name !== 'aws-chunked')
  return kept.length > 0 ? { ...others, 'content-encoding': kept.join(',') } : others
}

/** `response-content-disposition` and its like: the headers a signed URL asks to be answered with. */
export function overriddenHeaders(query: URLSearchParams): Record<string, string> {
  const overridden: Record<string, string> = {}
  for (const name of keptHeaders) {
    const value = query.get(`response-${name}`)
    if (value === null) continue
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new S3Error('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.', {
        ArgumentName: `response-${name}`,
      })
    }
    overridden[name] = value
  }
  return overridden
}
