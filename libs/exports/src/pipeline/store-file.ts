import { type ObjectStore, traced } from '#core'
import { VerificationError } from './faults.js'
import { MultipartUpload, type UploadedObject, type UploadTarget } from './multipart-upload.js'

/**
 * Uploads a file and asks the store what it holds.
 *
 * @throws VerificationError when that is not what was sent; ObjectTooLargeError; what the source or the store threw
 */
export async function storeFile(
  store: ObjectStore,
  target: UploadTarget,
  source: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<UploadedObject> {
  return traced('store file', { kind: 'client' }, async (span) => {
    const uploaded = await new MultipartUpload(store, target, signal).run(source)
    const size = await store.size(target.key, signal)
    if (size !== uploaded.bytes)
      throw new VerificationError(`the store holds ${size} bytes where ${uploaded.bytes} were sent`)
    span.setAttribute('leadferry.bytes', uploaded.bytes)
    return uploaded
  })
}
