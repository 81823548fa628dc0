import { S3Error } from './errors.js'
import type { S3Request } from './request.js'
import type { StoredObject } from './store/objects.js'

/** If-None-Match: * and If-Match of writes. To be called in the same tick as the write it guards. */
export function checkWrite({ headers }: S3Request, current: StoredObject | undefined): void {
  const [ifMatch, ifNoneMatch] = [headers.get('if-match'), headers.get('if-none-match')]
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new S3Error('NotImplemented', 'A write takes no If-None-Match but *', { Header: 'If-None-Match' })
  }
  if (ifNoneMatch === '*' && current) {
    throw new S3Error('PreconditionFailed', undefined, { Condition: 'If-None-Match' })
  }
  if (ifMatch === undefined) return
  if (!current) throw new S3Error('NoSuchKey')
  if (!matches(ifMatch, current.etag))
    throw new S3Error('PreconditionFailed', undefined, { Condition: 'If-Match' })
}

/**
 * RFC 9110, section 13.2.2, for entity tags.
 * @throws S3Error PreconditionFailed
 */
export function checkRead({ headers }: S3Request, object: StoredObject): 'send' | 'not modified' {
  const [ifMatch, ifNoneMatch] = [headers.get('if-match'), headers.get('if-none-match')]
  if (ifMatch !== undefined && !matches(ifMatch, object.etag)) {
    throw new S3Error('PreconditionFailed', undefined, { Condition: 'If-Match' })
  }
  return ifNoneMatch !== undefined && matches(ifNoneMatch, object.etag) ? 'not modified' : 'send'
}

function matches(condition: string, etag: string): boolean {
  return condition.split(',').some((candidate) => {
    const tag = candidate.trim().replace(/^W\//, '')
    return tag === '*' || unquote(tag) === etag
  })
}

/** S3 takes entity tags with and without their quotes. */
export function unquote(tag: string): string {
  return tag.replace(/^"(.*)"$/, '$1')
}
