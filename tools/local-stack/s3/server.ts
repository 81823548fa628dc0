import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { verifiedBody } from './body.js'
import { S3Error } from './errors.js'
import { listen } from '../listen.js'
import { readRequest } from './request.js'
import { operationFor } from './routes.js'
import { verifySignature } from './signature.js'
import type { Credentials } from './signature.js'
import { openStore } from './store/store.js'
import type { Etags } from './store/blobs.js'
import type { Store } from './store/store.js'
import { renderXml } from './xml.js'
import type { Xml } from './xml.js'

export interface S3ServerOptions {
  /** Made when it is missing. */
  dataDir: string
  /** 0 for any */
  port: number
  /** 127.0.0.1 unless told otherwise */
  host?: string
  accessKeyId: string
  secretAccessKey: string
  /** us-east-1 unless told otherwise */
  region?: string
  /** Made when they are missing. */
  buckets: string[]
  /** md5 unless told otherwise */
  etags?: Etags
}

export interface S3Server {
  url: string
  port: number
  /** Ends open connections at once; done when the files below dataDir are at rest. */
  close(): Promise<void>
}

/**
 * An S3-compatible server for development and tests, path-style URLs only, not meant for any other use.
 * What it does not implement it refuses; objects survive restarts and kills.
 *
 * @throws Error that names the port when it is taken
 */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const { dataDir, host = '127.0.0.1', region = 'us-east-1', accessKeyId, secretAccessKey } = options
  const inFlight = new Set<Promise<void>>()
  const server = createServer((incoming, response) => {
    const work = answer(incoming, response, store, { accessKeyId, secretAccessKey, region })
    inFlight.add(work)
    void work.finally(() => inFlight.delete(work))
  })
  // A large part over a slow line may take long, and clients keep connections for a minute.
  server.requestTimeout = 0
  server.keepAliveTimeout = 70_000
  // Before the store is opened, which would sweep away the blobs of a server that runs already.
  const port = await listen(server, options.port, host, 'S3 server')
  const store = openStore(dataDir, options.etags ?? 'md5')
  for (const bucket of options.buckets) {
    if (!store.objects.hasBucket(bucket)) store.objects.createBucket(bucket)
  }
  return {
    url: `http://${host}:${port}`,
    port,
    async close() {
      if (!server.listening) return
      const closed = once(server.close(), 'close')
      server.closeAllConnections()
      await closed
      await Promise.allSettled(inFlight)
    },
  }
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  store: Store,
  credentials: Credentials,
): Promise<void> {
  const requestId = randomBytes(8).toString('hex').toUpperCase()
  response.setHeader('x-amz-request-id', requestId)
  response.setHeader('server', 'LeadferryDevelopmentS3')
  try {
    await perform(incoming, response, store, credentials)
  } catch (error) {
    sendError(incoming, response, requestId, error)
  } finally {
    // What a refusal left unread would block the connection.
    incoming.resume()
  }
}

async function perform(
  incoming: IncomingMessage,
  response: ServerResponse,
  store: Store,
  credentials: Credentials,
): Promise<void> {
  const request = readRequest(incoming)
  const payloadHash = verifySignature(request, credentials, new Date())
  const operation = operationFor(request)
  const { bucket = '', key = '' } = request
  const createsBucket = request.method === 'PUT' && key === ''
  if (bucket !== '' && !createsBucket && !store.objects.hasBucket(bucket)) {
    throw new S3Error('NoSuchBucket', undefined, { BucketName: bucket })
  }
  const body = verifiedBody(request, payloadHash)
  await operation({ request, response, store, region: credentials.region, bucket, key, body })
}

function sendError(
  incoming: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  error: unknown,
): void {
  // The client is gone, or has read half an answer: nobody can be told any more.
  if (response.headersSent || response.destroyed || incoming.errored) {
    response.destroy()
    return
  }
  const known = error instanceof S3Error ? error : new S3Error('InternalError', String(error))
  const details = Object.entries(known.details).map((detail): Xml => detail)
  const document = renderXml([
    'Error',
    [
      ['Code', known.code],
      ['Message', known.message],
      ...details,
      ['Resource', incoming.url ?? ''],
      ['RequestId', requestId],
    ],
  ])
  if (known.code === 'InvalidRange') {
    response.setHeader('content-range', `bytes */${known.details.ActualObjectSize}`)
  }
  response.writeHead(known.status, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(document),
  })
  response.end(incoming.method === 'HEAD' ? undefined : document)
}
