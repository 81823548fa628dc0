import {
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3'
import type { Evidence } from './evidence.js'

/** The bucket as it is, by a client of its own. */
export class Bucket {
  private readonly client: S3Client
  private readonly bucket: string

  constructor({ endpoint, bucket, accessKeyId, secretAccessKey }: Evidence['store']) {
    this.bucket = bucket
    this.client = new S3Client({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
  }

  /** An object's bytes, null where there is none. */
  async read(key: string): Promise<Buffer | null> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }))
      return Buffer.from((await Body?.transformToByteArray()) ?? [])
    } catch (error) {
      if (error instanceof NoSuchKey) return null
      throw error
    }
  }

  async keys(): Promise<string[]> {
    const keys: string[] = []
    let token: string | undefined
    do {
      const input = { Bucket: this.bucket, ContinuationToken: token }
      const page = await this.client.send(new ListObjectsV2Command(input))
      keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''))
      token = page.NextContinuationToken
    } while (token !== undefined)
    return keys
  }

  /** Keys of the uploads that were begun and neither completed nor aborted. */
  async openUploads(): Promise<string[]> {
    const keys: string[] = []
    let after: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}
    while (after !== undefined) {
      const page: Awaited<ReturnType<Bucket['uploadsAfter']>> = await this.uploadsAfter(after)
      keys.push(...(page.Uploads ?? []).map(({ Key }) => Key ?? ''))
      after =
        page.IsTruncated === true
          ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
          : undefined
    }
    return keys
  }

  close(): void {
    this.client.destroy()
  }

  private uploadsAfter(after: { KeyMarker?: string; UploadIdMarker?: string }) {
    return this.client.send(new ListMultipartUploadsCommand({ Bucket: this.bucket, ...after }))
  }
}
