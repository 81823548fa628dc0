import { type PutObjectCommand, S3Client, type UploadPartCommand } from '@aws-sdk/client-s3'
import type { Config } from '../config/schema.js'

export type StorageConfig = Pick<
  Config,
  | 'S3_ENDPOINT'
  | 'S3_PUBLIC_ENDPOINT'
  | 'S3_REGION'
  | 'S3_BUCKET'
  | 'S3_ACCESS_KEY_ID'
  | 'S3_SECRET_ACCESS_KEY'
  | 'S3_PATH_STYLE'
  | 'S3_TIMEOUT_SECONDS'
>

interface Handling {
  /** Milliseconds in which no byte went either way. */
  socketTimeout?: number
  /** Milliseconds until the answer begins. */
  requestTimeout?: number
  throwOnRequestTimeout?: boolean
  /** Connections to the store at a time; the SDK has 50. */
  httpAgent?: { maxSockets: number }
  httpsAgent?: { maxSockets: number }
}

/** @param tries longer waits are the export's own deferrals; a call is given up while its caller still has time */
export function clientFor(config: StorageConfig, endpoint: string, handling: Handling, tries = 3): S3Client {
  const client = new S3Client({
    endpoint,
    region: config.S3_REGION,
    forcePathStyle: config.S3_PATH_STYLE,
    credentials: { accessKeyId: config.S3_ACCESS_KEY_ID, secretAccessKey: config.S3_SECRET_ACCESS_KEY },
    // Some compatible stores answer 411 to the SDK's default of a checksum in a trailer.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: tries,
    requestHandler: { connectionTimeout: 5000, ...handling },
  })
  return endingWithSignals(client)
}

/** The signature covers a body by its sha256: one that is known already is not taken again. */
export function signWith(command: PutObjectCommand | UploadPartCommand, sha256: string | undefined): void {
  if (sha256 === undefined) return
  // Their inputs differ, which nobody looks at here.
  const { middlewareStack } = command as UploadPartCommand
  middlewareStack.add(
    (next) => (args) => {
      ;(args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256
      return next(args)
    },
    { step: 'build', name: 'knownPayloadHash' },
  )
}

/** A connection that is destroyed cancels what it still has to write within a turn or two of the event loop. */
const CLOSING_MS = 20

/**
 * Calls back when nothing reads the body of a call any more: when it succeeded, or shortly after its last try failed. A
 * call that a signal ends is over for its caller before that.
 */
export function tellRelease(
  command: PutObjectCommand | UploadPartCommand,
  onReleased: (() => void) | undefined,
): void {
  if (onReleased === undefined) return
  // As in signWith.
  const { middlewareStack } = command as UploadPartCommand
  middlewareStack.add(
    (next) => async (args) => {
      try {
        const answer = await next(args)
        onReleased()
        return answer
      } catch (error) {
        setTimeout(onReleased, CLOSING_MS).unref()
        throw error
      }
    },
    // Around all tries.
    { step: 'initialize', name: 'bodyReleased' },
  )
}

type Send = (command: unknown, options?: { abortSignal?: AbortSignal }) => Promise<unknown>

/** The SDK looks at a call's signal while a request is under way, and not while it waits between two tries. */
function endingWithSignals(client: S3Client): S3Client {
  const send = client.send.bind(client) as Send
  const endingSend: Send = (command, options) => endingWith(options?.abortSignal, send(command, options))
  client.send = endingSend as S3Client['send']
  return client
}

function endingWith<T>(signal: AbortSignal | undefined, call: Promise<T>): Promise<T> {
  if (signal === undefined) return call
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    void call.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}
