import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { Evidence } from '../evidence.js'

/** Takes the damage back. */
export type Undo = () => Promise<unknown>

/** Does to a world what faults might do to it, and takes it back. */
export class Damage {
  private readonly s3: S3Client

  constructor(
    private readonly evidence: Evidence,
    private readonly smtpUrl: string,
  ) {
    const { endpoint, accessKeyId, secretAccessKey } = evidence.store
    this.s3 = new S3Client({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    })
  }

  /** @param undo the statement that takes it back */
  async sql(statement: string, undo: string): Promise<Undo> {
    await this.evidence.superuser.query(statement)
    return () => this.evidence.superuser.query(undo)
  }

  /** The object of an export becomes what `change` makes of it; null: it goes. */
  async object(exportId: string, change: (bytes: Buffer) => Buffer | null): Promise<Undo> {
    const key = await this.keyOf(exportId)
    const bytes = await this.bytesOf(key)
    const changed = change(bytes)
    await (changed === null ? this.remove(key) : this.put(key, changed))
    return () => this.put(key, bytes)
  }

  /** The same, and the database says that it is as it should be. @param rows by how many there are more now */
  async file(exportId: string, change: (bytes: Buffer) => Buffer, rows: number): Promise<Undo> {
    const key = await this.keyOf(exportId)
    const bytes = await this.bytesOf(key)
    const write = async (file: Buffer, more: number) => {
      await this.put(key, file)
      const values = [exportId, file.length, createHash('sha256').update(file).digest('hex'), more]
      await this.evidence.superuser.query(
        `WITH e AS (UPDATE exports SET bytes = $2, sha256 = $3, rows_done = rows_done + $4 WHERE id = $1)
         UPDATE archive_files SET size = $2, sha256 = $3, rows = rows + $4 WHERE export_id = $1`,
        values,
      )
    }
    await write(change(bytes), rows)
    return () => write(bytes, -rows)
  }

  async extraObject(key: string): Promise<Undo> {
    await this.put(key, Buffer.from('extra'))
    return () => this.remove(key)
  }

  async openUpload(key: string): Promise<Undo> {
    const { bucket } = this.evidence.store
    const { UploadId } = await this.s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key }))
    return () => this.s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId }))
  }

  /** A mail; what is delivered can't be taken back. */
  async mail(mail: { to: string; text: string; messageId: string }): Promise<void> {
    const transport = createTransport({ url: this.smtpUrl })
    await transport.sendMail({ from: 'from@example.com', subject: 'planted', ...mail })
    transport.close()
  }

  close(): void {
    this.s3.destroy()
  }

  private async keyOf(exportId: string): Promise<string> {
    const sql = 'SELECT object_key AS key FROM archive_files WHERE export_id = $1'
    const { rows } = await this.evidence.superuser.query<{ key: string }>(sql, [exportId])
    return rows[0]!.key
  }

  private async bytesOf(Key: string): Promise<Buffer> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.evidence.store.bucket, Key }))
    return Buffer.from(await Body!.transformToByteArray())
  }

  private put(Key: string, Body: Buffer) {
    return this.s3.send(new PutObjectCommand({ Bucket: this.evidence.store.bucket, Key, Body }))
  }

  private remove(Key: string) {
    return this.s3.send(new DeleteObjectCommand({ Bucket: this.evidence.store.bucket, Key }))
  }
}
