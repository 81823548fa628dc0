import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectsV2Command,
  NoSuchKey,
  NoSuchUpload,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Readable } from 'node:stream'
import { clientFor, signWith, type StorageConfig, tellRelease } from './s3-client.js'

/** An object as a listing tells of it. */
export interface ListedObject {
  key: string
  /** Bytes. */
  size: number
  modifiedAt: Date
}

/** A multipart upload that was begun and neither completed nor aborted. */
export interface ListedUpload {
  key: string
  uploadId: string
  startedAt: Date
}

/** How a body is sent. */
export interface Sending {
  /** Of the body, in hex: taken from here for the signature where it is known, else taken once more. */
  sha256?: string
  signal?: AbortSignal
  /** Called when the body is not read any more, so that its memory may change. */
  onReleased?: () => void
}

/** The store has no object of that key. */
export class ObjectMissingError extends Error {}

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
  /** Sends nothing twice. */
  private readonly onceClient: S3Client
  /** Signs for the address that browsers use; it sends nothing itself. */
  private readonly publicClient: S3Client
  readonly bucket: string

  constructor(config: StorageConfig) {
    this.bucket = config.S3_BUCKET
    const ms = config.S3_TIMEOUT_SECONDS * 1000
    this.client = clientFor(config, config.S3_ENDPOINT, { socketTimeout: ms })
    this.onceClient = clientFor(config, config.S3_ENDPOINT, { socketTimeout: ms }, 1)
    // Without the second option the SDK would warn of a call that takes too long, and go on.
    const answerWithin = { requestTimeout: ms, throwOnRequestTimeout: true }
    // Readers that are slow hold their connections for long: whoever reads bounds how many there are.
    const unbounded = { httpAgent: { maxSockets: Infinity }, httpsAgent: { maxSockets: Infinity } }
    this.readClient = clientFor(config, config.S3_ENDPOINT, { ...answerWithin, ...unbounded })
    this.publicClient = clientFor(config, config.S3_PUBLIC_ENDPOINT ?? config.S3_ENDPOINT, {})
  }

  /** Throws when the bucket can't be reached or is not there. */
  async check(signal?: AbortSignal): Promise<void> {
    await this.client.send(new HeadBucketCommand({ Bucket: this.bucket }), { abortSignal: signal })
  }

  async put(
    key: string,
    body: Buffer,
    contentType: string,
    { sha256, signal, onReleased }: Sending = {},
  ): Promise<void> {
    const command = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key,
      Body: body,
      ContentType: contentType,
      ContentLength: body.length,
    })
    signWith(command, sha256)
    tellRelease(command, onReleased)
    await this.client.send(command, { abortSignal: signal })
  }

  /** Is tried once: a try whose answer is lost begins an upload too, and who goes on with another would never know of it. */
  async createUpload(key: string, contentType: string, signal?: AbortSignal): Promise<string> {
    const input = { Bucket: this.bucket, Key: key, ContentType: contentType }
    const { UploadId } = await this.onceClient.send(new CreateMultipartUploadCommand(input), {
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
    { sha256, signal, onReleased }: Sending = {},
  ): Promise<string> {
    const command = new UploadPartCommand({
      Bucket: this.bucket,
      Key: key,
      UploadId: uploadId,
      PartNumber: part,
      Body: body,
      ContentLength: body.length,
    })
    signWith(command, sha256)
    tellRelease(command, onReleased)
    const { ETag } = await this.client.send(command, { abortSignal: signal })
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

  /** Ends every upload of a key that is in progress, also one whose id its maker never learned. */
  async abortUploads(key: string, signal?: AbortSignal): Promise<void> {
    for await (const upload of this.uploads(key, signal)) {
      if (upload.key === key) await this.abortUpload(key, upload.uploadId, signal)
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
      if (isMissing(error)) return null
      throw error
    }
  }

  /**
   * @param range an HTTP Range, e.g. `bytes=0-99`
   * @throws ObjectMissingError
   */
  async get(key: string, range?: string, signal?: AbortSignal): Promise<Readable> {
    const input = { Bucket: this.bucket, Key: key, Range: range }
    const { Body } = await this.readClient
      .send(new GetObjectCommand(input), { abortSignal: signal })
      .catch((error: unknown) => {
        throw isMissing(error) ? new ObjectMissingError(`no object ${key}`, { cause: error }) : error
      })
    if (Body === undefined) throw new StoreAnswerError('the store answered without a body')
    return Body as Readable
  }

  /** A small object's bytes, or null where there is none. */
  async read(key: string, signal?: AbortSignal): Promise<Buffer | null> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }), {
        abortSignal: signal,
      })
      if (Body === undefined) throw new Error('the store answered without a body')
      return Buffer.from(await Body.transformToByteArray())
    } catch (error) {
      if (error instanceof NoSuchKey) return null
      throw error
    }
  }

  /**
   * Writes an object unless there is one: of several writers one is first, and the others change nothing. A store
   * that knows no conditional writes keeps the last one.
   */
  async putFirst(key: string, body: Buffer, contentType: string, signal?: AbortSignal): Promise<void> {
    const input = { Bucket: this.bucket, Key: key, Body: body, ContentType: contentType, IfNoneMatch: '*' }
    try {
      await this.client.send(new PutObjectCommand(input), { abortSignal: signal })
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error
      const { httpStatusCode: status } = error.$metadata
      // 409: another one is being written at this moment.
      if (status === 412 || status === 409) return
      if (status === 501) return this.put(key, body, contentType, { signal })
      throw error
    }
  }

  async delete(key: string, signal?: AbortSignal): Promise<void> {
    const input = { Bucket: this.bucket, Key: key }
    await this.client.send(new DeleteObjectCommand(input), { abortSignal: signal })
  }

  /** Every object, in the order of its key's bytes, a page of 1,000 in memory at a time. */
  async *objects(signal?: AbortSignal): AsyncGenerator<ListedObject> {
    let token: string | undefined
    do {
      // A key may have characters that XML has not, so it is asked for percent-encoded.
      const input = { Bucket: this.bucket, EncodingType: 'url', ContinuationToken: token } as const
      const page = await this.client.send(new ListObjectsV2Command(input), { abortSignal: signal })
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key === undefined || Size === undefined || LastModified === undefined)
          throw new Error('the store listed an object without key, size or time')
        yield { key: plainKey(Key, page), size: Size, modifiedAt: LastModified }
      }
      token = page.NextContinuationToken
      if (page.IsTruncated === true && token === undefined) throw new Error('the store cut its listing off')
    } while (token !== undefined)
  }

  /**
   * Uploads in progress whose key begins so, a page of 1,000 in memory at a time.
   * Some stores (MinIO) know a whole key for a prefix only, and list nothing for ''; they end old uploads themselves.
   */
  async *uploads(prefix = '', signal?: AbortSignal): AsyncGenerator<ListedUpload> {
    let after: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}
    while (after !== undefined) {
      const input = { Bucket: this.bucket, Prefix: prefix, EncodingType: 'url', ...after } as const
      const page: ListMultipartUploadsCommandOutput = await this.client.send(
        new ListMultipartUploadsCommand(input),
        { abortSignal: signal },
      )
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (Key === undefined || UploadId === undefined || Initiated === undefined)
          throw new Error('the store listed an upload without key, id or time')
        yield { key: plainKey(Key, page), uploadId: UploadId, startedAt: Initiated }
      }
      const { NextKeyMarker, NextUploadIdMarker: UploadIdMarker } = page
      after =
        page.IsTruncated === true && NextKeyMarker !== undefined
          ? { KeyMarker: plainKey(NextKeyMarker, page), UploadIdMarker }
          : undefined
    }
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
    this.onceClient.destroy()
    this.publicClient.destroy()
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404

/** A listed key as it is: percent-encoded where the page says so, with a space as +, as forms have it. */
const plainKey = (key: string, { EncodingType }: { EncodingType?: string }): string =>
  EncodingType === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key
