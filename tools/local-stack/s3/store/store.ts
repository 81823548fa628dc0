import { join } from 'node:path'
import { BlobStore } from './blobs.js'
import type { Blob, Etags } from './blobs.js'
import { ObjectStore } from './objects.js'
import type { StoredObject } from './objects.js'
import { UploadStore } from './uploads.js'

/** Everything the server keeps, below one folder. */
export interface Store {
  blobs: BlobStore
  objects: ObjectStore
  uploads: UploadStore
}

/** Opens what an earlier process left, whether it ended well or was killed. One process at a time. */
export function openStore(dataDir: string, etags: Etags): Store {
  const store: Store = {
    blobs: new BlobStore(join(dataDir, 'blobs'), etags),
    objects: new ObjectStore(join(dataDir, 'buckets')),
    uploads: new UploadStore(join(dataDir, 'uploads')),
  }
  endCompletedUploads(store)
  store.blobs.keepOnly(referencedBlobs(store))
  return store
}

/** Makes an object visible, in one step, and drops the bytes of the one it replaces. */
export function replaceObject({ objects, blobs }: Store, bucket: string, object: StoredObject): void {
  const before = objects.put(bucket, object)
  if (before) blobs.discard(before.blobs)
}

/** Does nothing when there is no such object. */
export function deleteObject({ objects, blobs }: Store, bucket: string, key: string): void {
  const before = objects.delete(bucket, key)
  if (before) blobs.discard(before.blobs)
}

/** Killed between the object and the end of its upload: an abort would take the object's bytes away. */
function endCompletedUploads({ objects, uploads }: Store): void {
  const completed = new Set(Array.from(objects.all(), (object) => object.uploadId))
  for (const upload of uploads.all()) {
    if (completed.has(upload.id)) uploads.remove(upload)
  }
}

function* referencedBlobs({ objects, uploads }: Store): Generator<Blob> {
  for (const object of objects.all()) yield* object.blobs
  for (const upload of uploads.all()) {
    for (const part of upload.parts.values()) yield part.blob
  }
}
