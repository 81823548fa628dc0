import {
  CreateBucketCommand,
  GetBucketLocationCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import type { ListObjectsV2CommandInput, S3Client } from '@aws-sdk/client-s3'
import { Bucket, S3Target, md5, refusal } from '../testing/target.js'

let target: S3Target
let s3: S3Client

beforeAll(async () => {
  target = await S3Target.start()
  s3 = target.s3
})

afterAll(() => target.stop())

describe('lists', () => {
  const keys = ['2024/01/a.csv', '2024/01/b.csv', '2024/02/c.csv', '2024/z', '2025/d', 'top', '～', '😀']

  beforeAll(async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'listed' }))
    for (const Key of [...keys].reverse())
      await s3.send(new PutObjectCommand({ Bucket: 'listed', Key, Body: Key }))
  })

  async function pages(input: Partial<ListObjectsV2CommandInput>): Promise<string[][]> {
    const found: string[][] = []
    let token: string | undefined
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: 'listed', ...input, ContinuationToken: token }),
      )
      const entries = [
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map((p) => p.Prefix),
      ]
      expect(page.KeyCount).toBe(entries.length)
      found.push(entries.map(String))
      token = page.NextContinuationToken
      expect(page.IsTruncated).toBe(token !== undefined)
    } while (token)
    return found
  }

  it.each<[string, Partial<ListObjectsV2CommandInput>, string[][]]>([
    ['in the order of UTF-8 bytes', {}, [keys]],
    ['by prefix', { Prefix: '2024/01/' }, [['2024/01/a.csv', '2024/01/b.csv']]],
    ['by delimiter', { Delimiter: '/' }, [['top', '～', '😀', '2024/', '2025/']]],
    ['by prefix and delimiter', { Prefix: '2024/', Delimiter: '/' }, [['2024/z', '2024/01/', '2024/02/']]],
    ['after a key', { StartAfter: '2024/z' }, [['2025/d', 'top', '～', '😀']]],
    ['in pages', { MaxKeys: 3 }, [keys.slice(0, 3), keys.slice(3, 6), keys.slice(6)]],
    ['in pages of prefixes', { Delimiter: '/', MaxKeys: 1 }, [['2024/'], ['2025/'], ['top'], ['～'], ['😀']]],
    ['of nothing', { Prefix: 'nothing' }, [[]]],
    ['of no length', { MaxKeys: 0 }, [[]]],
  ])('%s', async (_, input, expected) => {
    expect(await pages(input)).toEqual(expected)
  })

  it('with size, entity tag and time', async () => {
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: 'listed', Prefix: 'top' }))
    const ETag = `"${md5('top').toString('hex')}"`
    expect(Contents).toEqual([
      expect.objectContaining({ Key: 'top', Size: 3, ETag, LastModified: expect.any(Date) as Date }),
    ])
  })

  it('URL-encoded on request', async () => {
    const { Contents } = await s3.send(
      new ListObjectsV2Command({ Bucket: 'listed', EncodingType: 'url', Prefix: '😀' }),
    )
    expect(Contents?.[0]?.Key).toBe('%F0%9F%98%80')
  })

  it('refuse what they do not understand', async () => {
    const list = (input: object) => s3.send(new ListObjectsV2Command({ Bucket: 'listed', ...input }))
    await expect(list({ MaxKeys: -1 })).rejects.toMatchObject(refusal(400, 'InvalidArgument'))
    await expect(list({ ContinuationToken: 'nonsense' })).rejects.toMatchObject(
      refusal(400, 'InvalidArgument'),
    )
  })
})

describe('buckets', () => {
  it('are created once, found and listed', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'new-bucket' }))
    await s3.send(new HeadBucketCommand({ Bucket: 'new-bucket' }))
    const { Buckets } = await s3.send(new ListBucketsCommand({}))
    expect(Buckets?.map(({ Name }) => Name)).toEqual(expect.arrayContaining([Bucket, 'new-bucket']))
    await expect(s3.send(new CreateBucketCommand({ Bucket: 'new-bucket' }))).rejects.toMatchObject(
      refusal(409, 'BucketAlreadyOwnedByYou'),
    )
    const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }))
    expect(LocationConstraint ?? '').toBe('')
  })

  it('are 404 when missing, and need a proper name', async () => {
    const Missing = { Bucket: 'missing', Key: 'x', Body: 'x' }
    await expect(s3.send(new HeadBucketCommand(Missing))).rejects.toMatchObject(refusal(404, 'NotFound'))
    await expect(s3.send(new PutObjectCommand(Missing))).rejects.toMatchObject(refusal(404, 'NoSuchBucket'))
    await expect(s3.send(new ListObjectsV2Command(Missing))).rejects.toMatchObject(
      refusal(404, 'NoSuchBucket'),
    )
    await expect(s3.send(new CreateBucketCommand({ Bucket: 'Under_Score' }))).rejects.toMatchObject(
      refusal(400, 'InvalidBucketName'),
    )
  })
})

describe('what is not implemented', () => {
  it('is refused, and not taken for something else', async () => {
    const refusals = [
      s3.send(new GetObjectAclCommand({ Bucket, Key: 'signed' })),
      s3.send(new ListObjectsCommand({ Bucket })),
      target.put('encrypted', 'x', { ServerSideEncryption: 'AES256' }),
      target.put('tagged', 'x', { Tagging: 'a=b' }),
      s3.send(new GetObjectCommand({ Bucket, Key: 'signed', VersionId: 'v1' })),
    ]
    const outcomes = await Promise.allSettled(refusals)
    const expected = { status: 'rejected', reason: refusal(501, 'NotImplemented') }
    expect(outcomes).toMatchObject(refusals.map(() => expected))
  })
})
