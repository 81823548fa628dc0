import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { startS3Server } from './server.js'
import type { S3Server } from './server.js'

/** What this server promises beyond the protocol: its files and its life. */

const Bucket = 'kept'
const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' }

let dataDir: string
let server: S3Server
let s3: S3Client

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 's3-server-'))
  server = await start(0)
  s3 = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
})

afterEach(async () => {
  s3.destroy()
  await server.close()
  rmSync(dataDir, { recursive: true })
})

function start(port: number): Promise<S3Server> {
  return startS3Server({ dataDir, port, ...credentials, buckets: [Bucket] })
}

/** On the same port and folder, as after a fault. */
async function restart(): Promise<void> {
  const { port } = server
  await server.close()
  server = await start(port)
}

async function read(Key: string): Promise<string | undefined> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
  return Body?.transformToString()
}

it('keeps objects and open uploads over a restart', async () => {
  const Metadata = { kept: 'yes' }
  await s3.send(
    new PutObjectCommand({ Bucket, Key: '../ñ', Body: 'content', ContentType: 'text/csv', Metadata }),
  )
  const before = await s3.send(new HeadObjectCommand({ Bucket, Key: '../ñ' }))
  const to = { Bucket, Key: 'upload', UploadId: '' }
  to.UploadId = (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'upload' }))).UploadId ?? ''
  const { ETag } = await s3.send(new UploadPartCommand({ ...to, PartNumber: 1, Body: 'part' }))
  await restart()
  expect(await read('../ñ')).toBe('content')
  const { ETag: etag, LastModified, ContentType } = before
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: '../ñ' }))).toMatchObject({
    ETag: etag,
    LastModified,
    ContentType,
    Metadata,
  })
  const Parts = [{ PartNumber: 1, ETag }]
  await s3.send(new CompleteMultipartUploadCommand({ ...to, MultipartUpload: { Parts } }))
  await restart()
  expect(await read('upload')).toBe('part')
  await expect(s3.send(new AbortMultipartUploadCommand(to))).rejects.toMatchObject({ name: 'NoSuchUpload' })
})

it('clears away what a killed process left', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'whole', Body: 'whole' }))
  await server.close()
  const objects = join(dataDir, 'buckets', Bucket, 'objects')
  writeFileSync(join(objects, 'half.json.tmp'), '{"key":"ha')
  writeFileSync(join(dataDir, 'blobs', 'orphan'), 'half a bo')
  server = await start(server.port)
  expect(await read('whole')).toBe('whole')
  expect(readdirSync(objects)).toHaveLength(1)
  expect(readdirSync(join(dataDir, 'blobs'))).toHaveLength(1)
})

it('ends an upload in flight when it closes, and stores nothing of it', async () => {
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'stalled' }), { expiresIn: 60 })
  const upload = request(url, { method: 'PUT', headers: { 'content-length': 2048 } })
  const ended = once(upload, 'error')
  upload.write(Buffer.alloc(1024))
  while (readdirSync(join(dataDir, 'blobs')).length === 0) await setTimeout(5)
  await restart()
  await ended
  expect(readdirSync(join(dataDir, 'blobs'))).toEqual([])
  await expect(read('stalled')).rejects.toMatchObject({ name: 'NoSuchKey' })
})

it('names a port that is taken', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const { port } = squatter.address() as AddressInfo
  await expect(start(port)).rejects.toThrow(`S3 server: port ${port} on 127.0.0.1 is taken`)
  squatter.close()
})

it('can be closed twice', async () => {
  await server.close()
  await server.close()
  await expect(read('x')).rejects.toThrow('ECONNREFUSED')
})
