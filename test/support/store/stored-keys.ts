import { ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import type { TestContext } from '../context.js'

/** The keys of every object in the store, sorted. */
export function storedKeys(context: TestContext): Promise<string[]> {
  return keys(
    context,
    async (client, Bucket) => (await client.send(new ListObjectsV2Command({ Bucket }))).Contents,
  )
}

/** The keys of every multipart upload that was begun and not ended, sorted. */
export function uploadedKeys(context: TestContext): Promise<string[]> {
  return keys(
    context,
    async (client, Bucket) => (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads,
  )
}

async function keys(
  { config }: TestContext,
  list: (client: S3Client, bucket: string) => Promise<{ Key?: string }[] | undefined>,
): Promise<string[]> {
  const client = new S3Client({
    endpoint: config.S3_ENDPOINT,
    region: config.S3_REGION,
    credentials: { accessKeyId: config.S3_ACCESS_KEY_ID, secretAccessKey: config.S3_SECRET_ACCESS_KEY },
    forcePathStyle: true,
  })
  try {
    return ((await list(client, config.S3_BUCKET)) ?? []).map(({ Key = '' }) => Key).sort()
  } finally {
    client.destroy()
  }
}
