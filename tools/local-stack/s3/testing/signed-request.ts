import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3'
import type { RawRequest } from './raw-http.js'

interface SdkRequest {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
}

/**
 * A PutObject as the SDK signs it, not sent, so that a test can send something else under that signature.
 * @param headers are signed, too
 */
export async function signPut(
  client: S3Client,
  input: PutObjectCommandInput,
  headers: Record<string, string>,
  endpoint: string,
): Promise<RawRequest> {
  const command = new PutObjectCommand(input)
  let signed: SdkRequest | undefined
  command.middlewareStack.add(
    (next) => (args) => {
      Object.assign((args.request as SdkRequest).headers, headers)
      return next(args)
    },
    { step: 'build', priority: 'low' },
  )
  command.middlewareStack.add(
    () => (args) => {
      signed = args.request as SdkRequest
      return Promise.resolve({ output: { $metadata: {} }, response: undefined })
    },
    { step: 'deserialize', priority: 'high' },
  )
  await client.send(command)
  if (!signed) throw new Error('the SDK signed nothing')
  const url = `${endpoint}${signed.path}?${new URLSearchParams(signed.query).toString()}`
  return { method: signed.method, url, headers: signed.headers }
}
