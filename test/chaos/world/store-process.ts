import { once } from 'node:events'
import { giveWay } from '#core'
import { type S3ServerOptions, startS3Server } from '../../../tools/local-stack/s3/server.js'
import { serve } from '../helper-process.js'

/** The store of a deployment is a machine of its own: here it gets what the product leaves. */
const NICE = 10

giveWay(NICE)
const options = JSON.parse(process.argv[2] ?? '') as S3ServerOptions
await serve(async () => {
  const store = await startS3Server(options)
  const work = async (over: AbortSignal) => {
    if (!over.aborted) await once(over, 'abort')
    await store.close()
  }
  return { work, found: () => null }
})
