import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { Bucket, S3Target, md5, refusal } from '../testing/target.js'

const mebibyte = 1024 * 1024

let target: S3Target
let s3: S3Client

beforeAll(async () => {
  target = await S3Target.start()
  s3 = target.s3
})

afterAll(() => target.stop())

describe('multipart uploads', () => {
  const partSize = 5 * mebibyte

  async function create(Key: string): Promise<{ Bucket: string; Key: string; UploadId: string }> {
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/csv', Metadata: { by: 'parts' } }),
    )
    return { Bucket, Key, UploadId: UploadId ?? '' }
  }

  async function upload(to: Awaited<ReturnType<typeof create>>, PartNumber: number, Body: Buffer) {
    const { ETag } = await s3.send(new UploadPartCommand({ ...to, PartNumber, Body }))
    return { PartNumber, ETag }
  }

  function complete(to: Awaited<ReturnType<typeof create>>, Parts: CompletedPart[], more = {}) {
    return s3.send(new CompleteMultipartUploadCommand({ ...to, MultipartUpload: { Parts }, ...more }))
  }

  it('become one object, with parts sent out of order and one sent twice', async () => {
    const to = await create('parts/whole')
    const bodies = [randomBytes(partSize), randomBytes(partSize + 1), randomBytes(7)] as const
    const third = await upload(to, 7, bodies[2])
    await upload(to, 2, randomBytes(partSize))
    const [first, second] = await Promise.all([upload(to, 1, bodies[0]), upload(to, 2, bodies[1])])
    await expect(target.read('parts/whole')).rejects.toMatchObject(refusal(404, 'NoSuchKey'))
    const { ETag } = await complete(to, [first, second, third])
    const digests = Buffer.concat(bodies.map(md5))
    expect(ETag).toBe(`"${md5(digests).toString('hex')}-3"`)
    expect((await target.read('parts/whole')).equals(Buffer.concat(bodies))).toBe(true)
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'parts/whole' }))).toMatchObject({
      ETag,
      ContentType: 'text/csv',
      Metadata: { by: 'parts' },
      ContentLength: 2 * partSize + 8,
    })
    const seam = await s3.send(
      new GetObjectCommand({
        Bucket,
        Key: 'parts/whole',
        Range: `bytes=${partSize - 2}-${2 * partSize + 3}`,
      }),
    )
    const expected = Buffer.concat(bodies).subarray(partSize - 2, 2 * partSize + 4)
    expect(expected.equals((await seam.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true)
    await expect(upload(to, 1, bodies[2])).rejects.toMatchObject(refusal(404, 'NoSuchUpload'))
  })

  it('are checked part by part, and stay open after a refusal', async () => {
    const to = await create('parts/checked')
    const [first, last] = [await upload(to, 1, randomBytes(partSize)), await upload(to, 2, randomBytes(1))]
    const refused: [CompletedPart[], string][] = [
      [[last, first], 'InvalidPartOrder'],
      [[first, first], 'InvalidPartOrder'],
      [[first, { ...last, ETag: first.ETag }], 'InvalidPart'],
      [[first, { ...last, PartNumber: 3 }], 'InvalidPart'],
      [[], 'MalformedXML'],
    ]
    for (const [parts, code] of refused)
      await expect(complete(to, parts)).rejects.toMatchObject(refusal(400, code))
    await complete(to, [first, last])
    expect(await target.read('parts/checked')).toHaveLength(partSize + 1)
  })

  it('refuse a small part that is not the last', async () => {
    const to = await create('parts/small')
    const parts = [await upload(to, 1, randomBytes(partSize - 1)), await upload(to, 2, randomBytes(partSize))]
    await expect(complete(to, parts)).rejects.toMatchObject(refusal(400, 'EntityTooSmall'))
  })

  it('refuse part numbers outside 1 to 10,000', async () => {
    const to = await create('parts/numbers')
    for (const number of [0, 10_001]) {
      await expect(upload(to, number, Buffer.from('x'))).rejects.toMatchObject(
        refusal(400, 'InvalidArgument'),
      )
    }
  })

  it('honour If-None-Match: *', async () => {
    await target.put('parts/taken', 'first')
    const to = await create('parts/taken')
    const part = await upload(to, 1, Buffer.from('second'))
    await expect(complete(to, [part], { IfNoneMatch: '*' })).rejects.toMatchObject(
      refusal(412, 'PreconditionFailed'),
    )
    expect((await target.read('parts/taken')).toString()).toBe('first')
    await complete(to, [part])
    expect((await target.read('parts/taken')).toString()).toBe('second')
  })

  it('list their parts, page by page', async () => {
    const to = await create('parts/listed')
    for (const number of [3, 1, 2]) await upload(to, number, Buffer.from(`part ${number}`))
    const page = await s3.send(new ListPartsCommand({ ...to, MaxParts: 2 }))
    expect(page.Parts?.map((part) => [part.PartNumber, part.Size])).toEqual([[1, 6], [2, 6]]) // prettier-ignore
    expect(page.IsTruncated).toBe(true)
    const next = await s3.send(new ListPartsCommand({ ...to, PartNumberMarker: page.NextPartNumberMarker }))
    expect(next.Parts?.map((part) => part.ETag)).toEqual([`"${md5('part 3').toString('hex')}"`])
    expect(next.IsTruncated).toBe(false)
  })

  it('are listed, page by page, until aborted', async () => {
    const uploads = [await create('open/a'), await create('open/a'), await create('open/b')]
    const list = (more: object) =>
      s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'open/', MaxUploads: 2, ...more }))
    const page = await list({})
    const next = await list({ KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker })
    const listed = [...(page.Uploads ?? []), ...(next.Uploads ?? [])]
    expect([page.IsTruncated, next.IsTruncated]).toEqual([true, false])
    expect(listed.map(({ Key }) => Key)).toEqual(['open/a', 'open/a', 'open/b'])
    expect(new Set(listed.map(({ UploadId }) => UploadId))).toEqual(
      new Set(uploads.map(({ UploadId }) => UploadId)),
    )
    for (const to of uploads) {
      await upload(to, 1, Buffer.from('x'))
      await s3.send(new AbortMultipartUploadCommand(to))
      await expect(s3.send(new ListPartsCommand(to))).rejects.toMatchObject(refusal(404, 'NoSuchUpload'))
      await expect(s3.send(new AbortMultipartUploadCommand(to))).rejects.toMatchObject(
        refusal(404, 'NoSuchUpload'),
      )
    }
    expect((await list({})).Uploads).toBeUndefined()
  })

  it.each([
    ['without checksums', () => s3],
    ['with checksums', () => target.chattyS3],
  ])('by lib-storage from a stream, %s', async (_, client) => {
    const pieces = Array.from({ length: 12 }, () => randomBytes(mebibyte))
    const upload = new Upload({
      client: client(),
      params: { Bucket, Key: 'parts/stream', Body: Readable.from(pieces), ContentType: 'text/csv' },
      partSize,
      queueSize: 2,
    })
    await upload.done()
    expect((await target.read('parts/stream')).equals(Buffer.concat(pieces))).toBe(true)
  })
})

it('leaves no bytes that belong to nothing', () => {
  expect(target.strayBlobs()).toEqual([])
})
