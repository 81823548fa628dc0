import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type S3Server, startS3Server } from '../../../../tools/local-stack/s3/server.js'
import { ObjectStore } from '#core'
import { judge } from './faults.js'
import { ObjectTooLargeError } from './multipart-upload.js'

describe('what a fault of the store calls for', () => {
  let folder: string
  let server: S3Server

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadferry-'))
    const keys = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
    server = await startS3Server({ ...keys, buckets: ['files'], dataDir: folder, port: 0 })
  })
  afterAll(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  const storeAt = (port: number, changes = {}) =>
    new ObjectStore({
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_PUBLIC_ENDPOINT: undefined,
      S3_REGION: 'us-east-1',
      S3_BUCKET: 'files',
      S3_ACCESS_KEY_ID: 'test',
      S3_SECRET_ACCESS_KEY: 'test-secret',
      S3_PATH_STYLE: true,
      S3_TIMEOUT_SECONDS: 60,
      ...changes,
    })
  const errorOf = async (store: ObjectStore): Promise<unknown> => {
    try {
      return await store.createUpload('key', 'text/csv')
    } catch (error) {
      return error
    } finally {
      store.close()
    }
  }

  it.each([
    ['a wrong secret', { S3_SECRET_ACCESS_KEY: 'wrong' }],
    ['a bucket that there is not', { S3_BUCKET: 'none' }],
  ])('%s: it refuses us, until somebody mends it', async (_, changes) => {
    const verdict = { action: 'put_off', reason: 'storage_refused' }
    expect(judge(await errorOf(storeAt(server.port, changes)))).toEqual(verdict)
  })

  it.each([
    [507, 'storage_refused'],
    [500, 'storage_unavailable'],
    [503, 'storage_unavailable'],
  ])('an answer of %s is %s', async (status, reason) => {
    // A stand-in: the real server does not fill up on demand.
    const broken = createServer((_, response) => response.writeHead(status).end())
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve))
    const { port } = broken.address() as AddressInfo
    expect(judge(await errorOf(storeAt(port)))).toEqual({ action: 'put_off', reason })
    await new Promise((resolve) => broken.close(resolve))
  })

  it('nobody listens: it is away', async () => {
    expect(judge(await errorOf(storeAt(1)))).toEqual({ action: 'put_off', reason: 'storage_unavailable' })
  })

  it('a file that is too large fails at once', () => {
    expect(judge(new ObjectTooLargeError())).toEqual({ action: 'fail', reason: 'too_large' })
  })
})
