import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { errorCode, sendRaw } from '../testing/raw-http.js'
import { signPut } from '../testing/signed-request.js'
import { Bucket, S3Target, credentials, refusal } from '../testing/target.js'

let target: S3Target
let s3: S3Client

beforeAll(async () => {
  target = await S3Target.start()
  s3 = target.s3
})

afterAll(() => target.stop())

describe('signatures', () => {
  beforeAll(() => target.put('signed', 'secret content'))

  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
    ['an unknown key', { accessKeyId: 'unknown' }, 'InvalidAccessKeyId'],
  ])('%s is 403', async (_, wrong, code) => {
    const stranger = target.clientWith({ credentials: { ...credentials, ...wrong } })
    await expect(stranger.send(new GetObjectCommand({ Bucket, Key: 'signed' }))).rejects.toMatchObject(
      refusal(403, code),
    )
    await expect(
      stranger.send(new PutObjectCommand({ Bucket, Key: 'signed', Body: 'x' })),
    ).rejects.toMatchObject(refusal(403, code))
    const url = await getSignedUrl(stranger, new GetObjectCommand({ Bucket, Key: 'signed' }), {
      expiresIn: 60,
    })
    const answer = await sendRaw({ method: 'GET', url })
    expect([answer.status, errorCode(answer)]).toEqual([403, code])
    stranger.destroy()
  })

  it('no signature is 403, with an error document', async () => {
    const answer = await sendRaw({ method: 'GET', url: `${target.url}/${Bucket}/signed` })
    expect([answer.status, errorCode(answer)]).toEqual([403, 'AccessDenied'])
    expect(answer.headers['content-type']).toBe('application/xml')
    expect(answer.body).toMatch(/<Message>Access Denied<\/Message>/)
    expect(answer.body).toContain(`<RequestId>${String(answer.headers['x-amz-request-id'])}</RequestId>`)
  })

  it('another region is refused', async () => {
    const elsewhere = target.clientWith({ region: 'eu-west-1' })
    await expect(elsewhere.send(new GetObjectCommand({ Bucket, Key: 'signed' }))).rejects.toMatchObject(
      refusal(400, 'AuthorizationHeaderMalformed'),
    )
    elsewhere.destroy()
  })

  it('a clock that is half an hour off is refused', async () => {
    const late = target.clientWith({ systemClockOffset: -30 * 60_000 })
    await expect(late.send(new GetObjectCommand({ Bucket, Key: 'signed' }))).rejects.toMatchObject(
      refusal(403, 'RequestTimeTooSkewed'),
    )
    late.destroy()
  })

  it('a header that S3 acts on must be signed', async () => {
    const signed = await signPut(s3, { Bucket, Key: 'signed', Body: 'x' }, {}, target.url)
    const headers = { ...signed.headers, 'x-amz-meta-added': 'later' }
    const answer = await sendRaw({ ...signed, headers, body: 'x' })
    expect([answer.status, errorCode(answer)]).toEqual([403, 'AccessDenied'])
  })
})

describe('presigned URLs', () => {
  const content = 'to be downloaded'
  const command = new GetObjectCommand({ Bucket, Key: 'presigned' })
  beforeAll(() => target.put('presigned', content, { ContentType: 'text/csv' }))

  it('need no header, and name file and type', async () => {
    const url = await getSignedUrl(
      s3,
      new GetObjectCommand({
        Bucket,
        Key: 'presigned',
        ResponseContentDisposition: `attachment; filename="leads.csv"; filename*=UTF-8''a%C3%B1o.csv`,
        ResponseContentType: 'application/octet-stream',
      }),
      { expiresIn: 60 },
    )
    const { status, headers, body } = await sendRaw({ method: 'GET', url })
    expect([status, body]).toEqual([200, content])
    expect(headers['content-disposition']).toBe(
      `attachment; filename="leads.csv"; filename*=UTF-8''a%C3%B1o.csv`,
    )
    expect(headers['content-type']).toBe('application/octet-stream')
  })

  it('serve a range', async () => {
    const url = await getSignedUrl(s3, command, { expiresIn: 60 })
    const { status, body } = await sendRaw({ method: 'GET', url, headers: { range: 'bytes=0-1' } })
    expect([status, body]).toEqual([206, 'to'])
  })

  it('of a GET answer HEAD, PUT and DELETE with 403', async () => {
    const url = await getSignedUrl(s3, command, { expiresIn: 60 })
    for (const method of ['HEAD', 'PUT', 'DELETE']) {
      expect((await sendRaw({ method, url, headers: { 'content-length': 0 } })).status).toBe(403)
    }
    expect((await target.read('presigned')).toString()).toBe(content)
  })

  it('take an upload', async () => {
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'uploaded' }), { expiresIn: 60 })
    expect((await sendRaw({ method: 'PUT', url, headers: { 'content-length': 2 }, body: 'up' })).status).toBe(
      200,
    )
    expect((await target.read('uploaded')).toString()).toBe('up')
  })

  it('expire', async () => {
    const signingDate = new Date(Date.now() - 61_000)
    const url = await getSignedUrl(s3, command, { expiresIn: 60, signingDate })
    const answer = await sendRaw({ method: 'GET', url })
    expect([answer.status, errorCode(answer)]).toEqual([403, 'AccessDenied'])
    expect(answer.body).toContain('<Message>Request has expired</Message>')
  })

  it('break when anything about them is changed', async () => {
    const url = await getSignedUrl(s3, command, { expiresIn: 60 })
    const changes: [string, string][] = [
      ['/presigned?', '/signed?'],
      ['X-Amz-Expires=60', 'X-Amz-Expires=600'],
      ['X-Amz-Signature=', 'response-content-type=text%2Fhtml&X-Amz-Signature='],
      ['x-id=GetObject', 'x-id=PutObject'],
    ]
    for (const [from, to] of changes) {
      expect(url).toContain(from)
      const answer = await sendRaw({ method: 'GET', url: url.replace(from, to) })
      expect([answer.status, errorCode(answer)]).toEqual([403, 'SignatureDoesNotMatch'])
    }
    const forever = await sendRaw({
      method: 'GET',
      url: url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801'),
    })
    expect([forever.status, errorCode(forever)]).toEqual([400, 'AuthorizationQueryParametersError'])
  })
})
