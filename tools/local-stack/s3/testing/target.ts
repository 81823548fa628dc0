import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { PutObjectCommandInput, PutObjectCommandOutput, S3ClientConfig } from '@aws-sdk/client-s3'
import { startS3Server } from '../server.js'
import type { S3Server } from '../server.js'

export const Bucket = 'conformance'
export const credentials = { accessKeyId: 'conformance-key', secretAccessKey: 'conformance-secret' }

/** What the conformance suite speaks to: what the product expects of any S3-compatible store, over sockets only. */
export class S3Target {
  readonly s3: S3Client
  /** As the SDK comes, with a checksum on everything it sends. */
  readonly chattyS3: S3Client

  private constructor(
    private readonly server: S3Server,
    private readonly dataDir: string,
  ) {
    this.s3 = this.clientWith({
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
    this.chattyS3 = this.clientWith({})
  }

  static async start(): Promise<S3Target> {
    const dataDir = mkdtempSync(join(tmpdir(), 's3-conformance-'))
    return new S3Target(await startS3Server({ dataDir, port: 0, ...credentials, buckets: [Bucket] }), dataDir)
  }

  async stop(): Promise<void> {
    this.s3.destroy()
    this.chattyS3.destroy()
    await this.server.close()
    rmSync(this.dataDir, { recursive: true })
  }

  get url(): string {
    return this.server.url
  }

  clientWith(options: S3ClientConfig): S3Client {
    return new S3Client({
      endpoint: this.url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials,
      maxAttempts: 1,
      ...options,
    })
  }

  put(
    Key: string,
    Body: PutObjectCommandInput['Body'],
    more: Partial<PutObjectCommandInput> = {},
  ): Promise<PutObjectCommandOutput> {
    return this.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }))
  }

  async read(Key: string): Promise<Buffer> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key }))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  }

  /** Bytes on disk that no object and no part names. */
  strayBlobs(): string[] {
    const about = readdirSync(this.dataDir, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.json'))
      .map((path) => readFileSync(join(this.dataDir, path), 'utf8'))
      .join()
    return readdirSync(join(this.dataDir, 'blobs')).filter((id) => !about.includes(id))
  }
}

/** What the SDK's error for a status and a code looks like, for toMatchObject. */
export function refusal(httpStatusCode: number, name: string): object {
  return { name, $metadata: { httpStatusCode } }
}

export function md5(bytes: Buffer | string): Buffer {
  return createHash('md5').update(bytes).digest()
}
