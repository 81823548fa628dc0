import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  NoSuchUpload,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Readable } from 'node:stream'
import type { Config } from '../config/schema.js'

type StorageConfig = Pick<
  Config,
  | 'S3_ENDPOINT'
  | 'S3_PUBLIC_ENDPOINT'
  | 'S3_REGION'
  | 'S3_BUCKET'
  | 'S3_ACCESS_KEY_ID'
  | 'S3_SECRET_ACCESS_KEY'
  | 'S3_PATH_STYLE'
  | 'S3_TIMEOUT_SECONDS'
>

/** The store answered, and not as S3 does: something that stands in its place, or in between. */
export class StoreAnswerError extends Error {
  override readonly name = 'StoreAnswerError'
}

/**
 * The one bucket that holds every file. A call that makes no progress for S3_TIMEOUT_SECONDS is broken off and sent
 * again, three times in all; one that is given a signal ends with it at once, wherever it is.
 */
export class ObjectStore {
  private readonly client: S3Client
  /** Whoever reads an object sets the pace: silence counts only until the store begins to answer. */
  private readonly readClient: S3Client
  /** Signs for the address that browsers use; it sends nothing itself. */
  private readonly publicClient: S3Client
  readonly bucket: string

  constructor(config: StorageConfig) {
    this.bucket = config.S3_BUCKET
    const ms = config.S3_TIMEOUT_SECONDS * 1000
    this.client = clientFor(config, config.S3_ENDPOINT, { socketTimeout: ms })
    // Without the second option the SDK would warn of a call that takes too long, and go on.
    const answerWithin = { requestTimeout: ms, throwOnRequestTimeout: true }
    this.readClient = clientFor(config, config.S3_ENDPOINT, answerWithin)
    this.publicClient = clientFor(config, config.S3_PUBLIC_ENDPOINT ?? config.S3_ENDPOINT, {})
  }

  /** Throws when the bucket can't be reached or is not there. */
  async check(): Promise<void> {
    await this.client.send(new HeadBucketCommand({ Bucket: this.bucket }))
  }

  async put(key: string, body: Buffer, contentType: string, signal?: AbortSignal): Promise<void> {
    const input = {
      Bucket: this.bucket,
      Key: key,
      Body: body,
      ContentType: contentType,
      ContentLength: body.length,
    }
    await this.client.send(new PutObjectCommand(input), { abortSignal: signal })
  }

  async createUpload(key: string, contentType: string, signal?: AbortSignal): Promise<string> {
    const input = { Bucket: this.bucket, Key: key, ContentType: contentType }
    const { UploadId } = await this.client.send(new CreateMultipartUploadCommand(input), {
      abortSignal: signal,
    })
    if (UploadId === undefined) throw new StoreAnswerError('the store gave no upload id')
    return UploadId
  }

  /** @returns the part's ETag */
  async uploadPart(
    key: string,
    uploadId: string,
    part: number,
    body: Buffer,
    signal?: AbortSignal,
  ): Promise<string> {
    const { ETag } = await this.client.send(
      new UploadPartCommand({
        Bucket: this.bucket,
        Key: key,
        UploadId: uploadId,
        PartNumber: part,
        Body: body,
        ContentLength: body.length,
      }),
      { abortSignal: signal },
    )
    if (ETag === undefined) throw new StoreAnswerError('the store gave no ETag for a part')
    return ETag
  }

  /** @param etags of every part, in order */
  async completeUpload(key: string, uploadId: string, etags: string[], signal?: AbortSignal): Promise<void> {
    const Parts = etags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }))
    const input = { Bucket: this.bucket, Key: key, UploadId: uploadId, MultipartUpload: { Parts } }
    await this.client.send(new CompleteMultipartUploadCommand(input), { abortSignal: signal })
  }

  /** Removes what was uploaded so far; an upload that is gone already is fine. */
  async abortUpload(key: string, uploadId: string, signal?: AbortSignal): Promise<void> {
    try {
      await this.client.send(
        new AbortMultipartUploadCommand({ Bucket: this.bucket, Key: key, UploadId: uploadId }),
        { abortSignal: signal },
      )
    } catch (error) {
      if (!(error instanceof NoSuchUpload)) throw error
    }
  }

  /** The object's size in bytes, or null where there is none. */
  async size(key: string, signal?: AbortSignal): Promise<number | null> {
    try {
      const { ContentLength } = await this.client.send(
        new HeadObjectCommand({ Bucket: this.bucket, Key: key }),
        { abortSignal: signal },
      )
      return ContentLength ?? null
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null
      throw error
    }
  }

  /** @param range an HTTP Range, e.g. `bytes=0-99` */
  async get(key: string, range?: string, signal?: AbortSignal): Promise<Readable> {
    const input = { Bucket: this.bucket, Key: key, Range: range }
    const { Body } = await this.readClient.send(new GetObjectCommand(input), { abortSignal: signal })
    if (Body === undefined) throw new StoreAnswerError('the store answered without a body')
    return Body as Readable
  }

  async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }))
  }

  /** A link that anyone may follow for `seconds` (S3 allows seven days at most), saved under `fileName`. */
  presign(key: string, fileName: string, seconds: number): Promise<string> {
    const command = new GetObjectCommand({
      Bucket: this.bucket,
      Key: key,
      ResponseContentDisposition: `attachment; filename="${fileName}"`,
    })
    return getSignedUrl(this.publicClient, command, { expiresIn: seconds })
  }

  close(): void {
    this.client.destroy()
    this.readClient.destroy()
    this.publicClient.destroy()
  }
}

interface Timeouts {
  /** Milliseconds in which no byte went either way. */
  socketTimeout?: number
  /** Milliseconds until the answer begins. */
  requestTimeout?: number
  throwOnRequestTimeout?: boolean
}

function clientFor(config: StorageConfig, endpoint: string, timeouts: Timeouts): S3Client {
  const client = new S3Client({
    endpoint,
    region: config.S3_REGION,
    forcePathStyle: config.S3_PATH_STYLE,
    credentials: { accessKeyId: config.S3_ACCESS_KEY_ID, secretAccessKey: config.S3_SECRET_ACCESS_KEY },
    // Some compatible stores answer 411 to the SDK's default of a checksum in a trailer.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Longer waits are the export's own deferrals; a call is given up while its caller still has time.
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5000, ...timeouts },
  })
  return endingWithSignals(client)
}

type Send = (command: unknown, options?: { abortSignal?: AbortSignal }) => Promise<unknown>

/** The SDK looks at a call's signal while a request is under way, and not while it waits between two tries. */
function endingWithSignals(client: S3Client): S3Client {
  const send = client.send.bind(client) as Send
  const endingSend: Send = (command, options) => endingWith(options?.abortSignal, send(command, options))
  client.send = endingSend as S3Client['send']
  return client
}

function endingWith<T>(signal: AbortSignal | undefined, call: Promise<T>): Promise<T> {
  if (signal === undefined) return call
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    void call.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}
