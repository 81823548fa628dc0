import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { errorCode, sendRaw } from '../testing/raw-http.js'
import { signPut } from '../testing/signed-request.js'
import { Bucket, S3Target, md5, refusal } from '../testing/target.js'

const mebibyte = 1024 * 1024

let target: S3Target
let s3: S3Client

beforeAll(async () => {
  target = await S3Target.start()
  s3 = target.s3
})

afterAll(() => target.stop())

describe('what was sent is what is stored', () => {
  const stream = () => Readable.from([Buffer.from('in '), Buffer.from('chunks')])

  it.each([
    ['a literal payload hash', () => s3, () => 'in chunks'],
    ['a CRC32 header', () => target.chattyS3, () => 'in chunks'],
    ['aws-chunked with a trailer', () => target.chattyS3, stream],
  ])('with %s', async (_, client, body) => {
    const Key = 'verified'
    await client().send(new PutObjectCommand({ Bucket, Key, Body: body(), ContentLength: 9 }))
    expect((await target.read(Key)).toString()).toBe('in chunks')
    await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  })

  it.each(['SHA1', 'SHA256', 'CRC32'] as const)('%s is checked', async (ChecksumAlgorithm) => {
    const checksum = createHash('sha256').update('other').digest('base64')
    await s3.send(new PutObjectCommand({ Bucket, Key: 'summed', Body: 'this', ChecksumAlgorithm }))
    await expect(target.put('summed', 'that', { ChecksumSHA256: checksum })).rejects.toMatchObject(
      refusal(400, 'BadDigest'),
    )
    expect((await target.read('summed')).toString()).toBe('this')
  })

  it('a checksum nobody here can compute is refused', async () => {
    await expect(target.put('unsummed', 'x', { ChecksumCRC64NVME: 'AAAAAAAAAAA=' })).rejects.toMatchObject(
      refusal(501, 'NotImplemented'),
    )
    await expect(target.read('unsummed')).rejects.toMatchObject(refusal(404, 'NoSuchKey'))
  })

  it('Content-MD5 is checked', async () => {
    await target.put('md5', 'right', { ContentMD5: md5('right').toString('base64') })
    await expect(target.put('md5', 'x', { ContentMD5: md5('y').toString('base64') })).rejects.toMatchObject(
      refusal(400, 'BadDigest'),
    )
    await expect(target.put('md5', 'x', { ContentMD5: 'nonsense' })).rejects.toMatchObject(
      refusal(400, 'InvalidDigest'),
    )
    expect((await target.read('md5')).toString()).toBe('right')
  })

  it('another body than the signed one is refused', async () => {
    const signed = await signPut(s3, { Bucket, Key: 'swapped', Body: 'signed' }, {}, target.url)
    const answer = await sendRaw({ ...signed, body: 'forged' })
    expect([answer.status, errorCode(answer)]).toEqual([400, 'XAmzContentSHA256Mismatch'])
    await expect(target.read('swapped')).rejects.toMatchObject(refusal(404, 'NoSuchKey'))
  })

  it('a body without a length is refused', async () => {
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'endless' }), { expiresIn: 60 })
    const answer = await sendRaw({
      method: 'PUT',
      url,
      headers: { 'transfer-encoding': 'chunked' },
      body: 'x',
    })
    expect([answer.status, errorCode(answer)]).toEqual([411, 'MissingContentLength'])
  })

  it('nothing is stored of a body whose sender dies', async () => {
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'truncated' }), { expiresIn: 60 })
    const body = randomBytes(mebibyte)
    const headers = { 'content-length': 2 * mebibyte }
    await expect(sendRaw({ method: 'PUT', url, headers, body, dieAfterBody: true })).rejects.toThrow('died')
    await expect(target.read('truncated')).rejects.toMatchObject(refusal(404, 'NoSuchKey'))
  })
})

describe('aws-chunked bodies', () => {
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32('hello world'))
  const trailer = `x-amz-checksum-crc32:${checksum.toString('base64')}\r\n`
  const chunks = '6\r\nhello \r\n5\r\nworld\r\n0\r\n'

  async function putChunked(Key: string, body: string, payload = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    const headers = {
      'x-amz-content-sha256': payload,
      'x-amz-decoded-content-length': '11',
      'x-amz-trailer': 'x-amz-checksum-crc32',
      'content-encoding': 'gzip,aws-chunked',
    }
    const signed = await signPut(s3, { Bucket, Key, Body: body }, headers, target.url)
    return sendRaw({ ...signed, body })
  }

  it('are stored without their framing, and without its name in Content-Encoding', async () => {
    expect((await putChunked('chunked/good', `${chunks}${trailer}\r\n`)).status).toBe(200)
    const { Body, ContentEncoding } = await s3.send(new GetObjectCommand({ Bucket, Key: 'chunked/good' }))
    expect(await Body?.transformToString()).toBe('hello world')
    expect(ContentEncoding).toBe('gzip')
  })

  it.each([
    ['a wrong trailing checksum', `${chunks}x-amz-checksum-crc32:AAAAAA==\r\n\r\n`, 'BadDigest'],
    ['no trailing checksum', `${chunks}\r\n`, 'BadDigest'],
    ['a broken trailer', `${chunks}nonsense\r\n\r\n`, 'MalformedTrailerError'],
    ['no end', chunks, 'IncompleteBody'],
    ['an end in the middle of a chunk', '6\r\nhel', 'IncompleteBody'],
    ['less than was announced', `5\r\nworld\r\n0\r\n${trailer}\r\n`, 'IncompleteBody'],
    ['no framing', 'hello world\r\n', 'InvalidRequest'],
    ['a chunk longer than its size', '5\r\nhello world\r\n0\r\n\r\n', 'InvalidRequest'],
    ['bytes after the end', `${chunks}${trailer}\r\nmore\r\n`, 'InvalidRequest'],
  ])('with %s are not stored', async (_, body, code) => {
    const answer = await putChunked('chunked/bad', body)
    expect([answer.status, errorCode(answer)]).toEqual([400, code])
    await expect(target.read('chunked/bad')).rejects.toMatchObject(refusal(404, 'NoSuchKey'))
  })

  it('with signed chunks are refused', async () => {
    const answer = await putChunked('chunked/signed', chunks, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD')
    expect([answer.status, errorCode(answer)]).toEqual([501, 'NotImplemented'])
  })
})

it('leaves no bytes that belong to nothing', () => {
  expect(target.strayBlobs()).toEqual([])
})
