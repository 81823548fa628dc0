import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { S3Error } from '../errors.js'
import type { Blob } from './blobs.js'
import { loadJsonFiles, saveJson } from './json-file.js'

export interface StoredObject {
  key: string
  /** bytes */
  size: number
  /** Without quotes: an MD5 in hex, or that of the parts' MD5s followed by `-` and their number. */
  etag: string
  /** ISO 8601 */
  lastModified: string
  /** Headers to be given back: content-type, x-amz-meta-*, … */
  headers: Record<string, string>
  blobs: Blob[]
  /** The multipart upload it was made by, so that a restart knows that upload to be over. */
  uploadId?: string
}

interface Bucket {
  createdAt: string
  objects: Map<string, StoredObject>
  /** In the order of lists, until a key comes or goes. */
  sortedKeys?: string[]
}

/** 3 to 63 lower-case letters, digits, dots and hyphens ("Bucket naming rules"): safe as a folder's name, too. */
const bucketName = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/**
 * Buckets and what is known about their objects: one folder per bucket, one small file per object, named by a
 * hash of the key (a key is longer than a file's name may be, and may hold `..`). All of it is in memory, too.
 */
export class ObjectStore {
  private readonly buckets = new Map<string, Bucket>()

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(folder)) this.loadBucket(name)
  }

  /** @throws S3Error InvalidBucketName, BucketAlreadyOwnedByYou */
  createBucket(name: string): void {
    if (!bucketName.test(name)) throw new S3Error('InvalidBucketName')
    if (this.buckets.has(name)) throw new S3Error('BucketAlreadyOwnedByYou')
    const createdAt = new Date().toISOString()
    mkdirSync(join(this.folder, name, 'objects'), { recursive: true, mode: 0o700 })
    saveJson(join(this.folder, name, 'bucket.json'), { createdAt })
    this.buckets.set(name, { createdAt, objects: new Map() })
  }

  hasBucket(name: string): boolean {
    return this.buckets.has(name)
  }

  listBuckets(): { name: string; createdAt: string }[] {
    return [...this.buckets].map(([name, { createdAt }]) => ({ name, createdAt })).sort(byName)
  }

  find(bucket: string, key: string): StoredObject | undefined {
    return this.bucket(bucket).objects.get(key)
  }

  /** Every key, in the order of its UTF-8 bytes. */
  keys(bucket: string): readonly string[] {
    const contents = this.bucket(bucket)
    contents.sortedKeys ??= [...contents.objects.keys()].sort(compareUtf8)
    return contents.sortedKeys
  }

  *all(): Generator<StoredObject> {
    for (const { objects } of this.buckets.values()) yield* objects.values()
  }

  /** @returns the object that was replaced */
  put(bucket: string, object: StoredObject): StoredObject | undefined {
    const contents = this.bucket(bucket)
    const before = contents.objects.get(object.key)
    saveJson(this.path(bucket, object.key), object)
    contents.objects.set(object.key, object)
    if (!before) contents.sortedKeys = undefined
    return before
  }

  /** @returns the object that was there */
  delete(bucket: string, key: string): StoredObject | undefined {
    const contents = this.bucket(bucket)
    const before = contents.objects.get(key)
    if (!before) return undefined
    rmSync(this.path(bucket, key))
    contents.objects.delete(key)
    contents.sortedKeys = undefined
    return before
  }

  private loadBucket(name: string): void {
    // A folder without its file is a creation that was killed half way: nobody was told that it exists.
    if (!existsSync(join(this.folder, name, 'bucket.json'))) return
    const [about] = loadJsonFiles<{ createdAt: string }>(join(this.folder, name))
    const objects = loadJsonFiles<StoredObject>(join(this.folder, name, 'objects'))
    if (!about) return
    this.buckets.set(name, {
      createdAt: about.createdAt,
      objects: new Map(objects.map((object) => [object.key, object])),
    })
  }

  private bucket(name: string): Bucket {
    const bucket = this.buckets.get(name)
    if (!bucket) throw new S3Error('NoSuchBucket')
    return bucket
  }

  private path(bucket: string, key: string): string {
    return join(this.folder, bucket, 'objects', `${createHash('sha256').update(key).digest('hex')}.json`)
  }
}

/** JavaScript compares UTF-16 units, which puts an emoji before U+FF5E; S3 compares UTF-8 bytes. */
export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function byName(a: { name: string }, b: { name: string }): number {
  return compareUtf8(a.name, b.name)
}
