import { z } from 'zod'
import type { ObjectStore } from '../storage/object-store.js'

/** The one object in the bucket that is no file: it names the database whose files the others are. */
export const INSTANCE_MARKER_KEY = 'leadferry-instance.json'

const marker = z.object({ instance: z.string().min(1), writtenAt: z.iso.datetime() })
export type InstanceMarker = z.output<typeof marker>

/** Thrown for a marker that is there and says nothing: whose bucket it is can't be told. */
export class UnreadableMarkerError extends Error {
  constructor(bucket: string, cause: unknown) {
    super(
      `${INSTANCE_MARKER_KEY} in the bucket "${bucket}" is not readable, so whose bucket it is can't be told: put it back, ` +
        'or correct the bucket; if the bucket is the one that is meant, `bin/leadferry instance adopt` marks it anew',
      { cause },
    )
    this.name = 'UnreadableMarkerError'
  }
}

/** null where the bucket has none. @throws UnreadableMarkerError, or what the store threw */
export async function readMarker(store: ObjectStore, signal?: AbortSignal): Promise<InstanceMarker | null> {
  const bytes = await store.read(INSTANCE_MARKER_KEY, signal)
  if (bytes === null) return null
  try {
    return marker.parse(JSON.parse(bytes.toString()))
  } catch (error) {
    throw new UnreadableMarkerError(store.bucket, error)
  }
}

/** Marks a bucket that is not marked yet. Of several that do so at once, one is first. */
export async function writeFirstMarker(
  store: ObjectStore,
  instance: string,
  signal?: AbortSignal,
): Promise<void> {
  await store.putFirst(INSTANCE_MARKER_KEY, bytesOf(instance), 'application/json', signal)
}

/** Marks the bucket whatever it was marked with. */
export async function replaceMarker(store: ObjectStore, instance: string): Promise<void> {
  await store.put(INSTANCE_MARKER_KEY, bytesOf(instance), 'application/json')
}

const bytesOf = (instance: string): Buffer =>
  Buffer.from(
    `${JSON.stringify({ instance, writtenAt: new Date().toISOString() } satisfies InstanceMarker)}\n`,
  )
