import { randomBytes } from 'node:crypto'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { sendRaw } from '../testing/raw-http.js'
import { Bucket, S3Target, md5, refusal } from '../testing/target.js'

const mebibyte = 1024 * 1024

let target: S3Target
let s3: S3Client

beforeAll(async () => {
  target = await S3Target.start()
  s3 = target.s3
})

afterAll(() => target.stop())

describe('objects', () => {
  it('come back as they were put, with type, disposition and metadata', async () => {
    const bytes = randomBytes(3 * mebibyte)
    const { ETag } = await target.put('a/b.csv', bytes, {
      ContentType: 'text/csv; charset=utf-8',
      ContentDisposition: 'attachment; filename="leads.csv"',
      CacheControl: 'no-store',
      Metadata: { rows: '17', 'export-id': 'x-1' },
    })
    expect(ETag).toBe(`"${md5(bytes).toString('hex')}"`)
    expect((await target.read('a/b.csv')).equals(bytes)).toBe(true)
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'a/b.csv' }))).toMatchObject({
      ContentLength: bytes.length,
      ContentType: 'text/csv; charset=utf-8',
      ContentDisposition: 'attachment; filename="leads.csv"',
      CacheControl: 'no-store',
      Metadata: { rows: '17', 'export-id': 'x-1' },
      ETag,
      LastModified: expect.any(Date) as Date,
    })
  })

  it.each([0, 1])('may have %i bytes', async (size) => {
    await target.put('short', Buffer.alloc(size))
    expect(await target.read('short')).toEqual(Buffer.alloc(size))
  })

  it.each([
    '../../escape',
    'a/../b',
    './dot',
    'double//slash',
    'end/',
    "it's (1) *new*!",
    'a+b c%20d%2Fe',
    'año/ñandú/📈.csv',
    'question?mark#hash&amp=1',
    'k'.repeat(1024),
  ])('are kept under the key %j', async (Key) => {
    await target.put(Key, `content of ${Key}`)
    expect((await target.read(Key)).toString()).toBe(`content of ${Key}`)
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }))
    expect(Contents?.map((object) => object.Key)).toContain(Key)
    const { status, body } = await sendRaw({
      method: 'GET',
      url: await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: 60 }),
    })
    expect([status, body]).toEqual([200, `content of ${Key}`])
  })

  it('are not kept under a key of more than 1024 bytes', async () => {
    await expect(target.put('ñ'.repeat(513), 'x')).rejects.toMatchObject(refusal(400, 'KeyTooLongError'))
  })

  it('are replaced as a whole, while an earlier reader gets what it began to read', async () => {
    const [before, after] = [randomBytes(8 * mebibyte), Buffer.from('after')]
    await target.put('replaced', before)
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'replaced' }))
    await target.put('replaced', after)
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(before)).toBe(true)
    expect(await target.read('replaced')).toEqual(after)
  })

  it('are gone once deleted, and deleting twice is no error', async () => {
    await target.put('gone', 'x')
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }))
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }))
    await expect(target.read('gone')).rejects.toMatchObject(refusal(404, 'NoSuchKey'))
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'gone' }))).rejects.toMatchObject(
      refusal(404, 'NotFound'),
    )
  })

  it('are deleted many at a time', async () => {
    const keys = ['many/1', 'many/<2>&"', 'many/ñ']
    for (const key of keys) await target.put(key, 'x')
    const objects = [...keys, 'many/never-there'].map((Key) => ({ Key }))
    const { Deleted, Errors } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: objects } }),
    )
    expect(Deleted).toEqual(objects)
    expect(Errors).toBeUndefined()
    const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'many/' }))
    expect(KeyCount).toBe(0)
  })

  it('are copied with their metadata, or with new ones', async () => {
    await target.put('copy/from ñ', 'to be copied', { ContentType: 'text/plain', Metadata: { kept: 'yes' } })
    const CopySource = `${Bucket}/${encodeURIComponent('copy/from ñ')}`
    const copied = await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy/to', CopySource }))
    expect(copied.CopyObjectResult?.ETag).toBe(`"${md5('to be copied').toString('hex')}"`)
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'copy/to' }))).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { kept: 'yes' },
    })
    const fresh = { MetadataDirective: 'REPLACE' as const, ContentType: 'text/csv' }
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy/fresh', CopySource, ...fresh }))
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'copy/fresh' }))).toMatchObject({
      ContentType: 'text/csv',
      Metadata: {},
    })
    await expect(
      s3.send(new CopyObjectCommand({ Bucket, Key: 'copy/x', CopySource: `${Bucket}/copy/nothing` })),
    ).rejects.toMatchObject(refusal(404, 'NoSuchKey'))
  })
})

describe('ranges', () => {
  beforeAll(() => target.put('digits', '0123456789'))

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-100', '56789', 'bytes 5-9/10'],
    ['bytes=-100', '0123456789', 'bytes 0-9/10'],
  ])('%s is 206', async (Range, content, contentRange) => {
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }))
    expect(answer.$metadata.httpStatusCode).toBe(206)
    expect(answer.ContentRange).toBe(contentRange)
    expect(await answer.Body?.transformToString()).toBe(content)
  })

  it.each(['bytes=10-', 'bytes=-0'])('%s is 416', async (Range) => {
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }))).rejects.toMatchObject(
      refusal(416, 'InvalidRange'),
    )
  })

  it.each(['lines=1-2', 'bytes=4-2', 'bytes=0-1,3-4'])('%s is ignored', async (Range) => {
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }))
    expect([answer.$metadata.httpStatusCode, await answer.Body?.transformToString()]).toEqual([
      200,
      '0123456789',
    ])
  })

  it('of an object that has changed since (If-Range) is the whole object', async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'digits' }), { expiresIn: 60 })
    const resume = (etag: string) =>
      sendRaw({ method: 'GET', url, headers: { range: 'bytes=8-', 'if-range': etag } })
    expect(await resume(`"${md5('0123456789').toString('hex')}"`)).toMatchObject({ status: 206, body: '89' })
    expect(await resume('"another"')).toMatchObject({ status: 200, body: '0123456789' })
  })
})

describe('preconditions', () => {
  it('If-None-Match: * lets one of many concurrent writers win', async () => {
    const writers = Array.from({ length: 8 }, (_, n) =>
      target.put('once', `writer ${n}`, { IfNoneMatch: '*' }),
    )
    const outcomes = await Promise.allSettled(writers)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject(refusal(412, 'PreconditionFailed'))
    }
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
    expect((await target.read('once')).toString()).toBe(`writer ${winner}`)
  })

  it('If-Match writes over what it names and nothing else', async () => {
    const { ETag } = await target.put('matched', 'one')
    await target.put('matched', 'two', { IfMatch: ETag })
    await expect(target.put('matched', 'three', { IfMatch: ETag })).rejects.toMatchObject(
      refusal(412, 'PreconditionFailed'),
    )
    expect((await target.read('matched')).toString()).toBe('two')
  })

  it('of reads: 412 and 304', async () => {
    const { ETag } = await target.put('conditional', 'x')
    const get = (conditions: { IfMatch?: string; IfNoneMatch?: string }) =>
      s3.send(new GetObjectCommand({ Bucket, Key: 'conditional', ...conditions }))
    await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject(refusal(412, 'PreconditionFailed'))
    await expect(get({ IfNoneMatch: ETag })).rejects.toMatchObject(refusal(304, 'Unknown'))
    const answer = await get({ IfMatch: ETag, IfNoneMatch: '"other"' })
    expect(await answer.Body?.transformToString()).toBe('x')
  })
})

it('leaves no bytes that belong to nothing', () => {
  expect(target.strayBlobs()).toEqual([])
})
