import { newHex, ObjectStore } from '#core'
import { type Check, fine, wrong } from './check.js'

const BODY = Buffer.from('leadferry doctor\n')

/** An object is written, read, and fetched by a presigned link at the address that browsers are sent to; then removed. */
export const storage: Check = {
  name: 'storage',
  advice: 'Start the store, or mend S3_ENDPOINT, S3_BUCKET (it has to exist) and the keys of S3_….',
  async run(config) {
    const store = new ObjectStore(config)
    const key = `doctor/${newHex()}`
    try {
      await store.check()
      await store.put(key, BODY, 'text/plain')
      const read = await store.read(key)
      if (read === null || !read.equals(BODY))
        return wrong(
          'What was written could not be read back as it was.',
          'The store, or a proxy before it, changes bodies: take it out of the way.',
        )
      return await fetched(await store.presign(key, 'doctor.txt', 60))
    } finally {
      await store.delete(key).catch(() => undefined)
      store.close()
    }
  },
}

async function fetched(link: string): Promise<ReturnType<typeof fine>> {
  const { origin } = new URL(link)
  const advice = `Recipients are sent to ${origin}: mend S3_PUBLIC_ENDPOINT and S3_REGION, and let them reach it; or set DOWNLOADS=proxy.`
  let response: Response
  try {
    response = await fetch(link, { signal: AbortSignal.timeout(10_000) })
  } catch (error) {
    const { cause, message } = error as Error
    const why = cause instanceof Error ? cause.message || cause.name : message
    return wrong(`A presigned link leads nowhere: ${why}.`, advice)
  }
  const body = Buffer.from(await response.arrayBuffer())
  if (response.status !== 200 || !body.equals(BODY))
    return wrong(`A presigned link was answered with ${response.status} and not with the file.`, advice)
  return fine(`An object was written, read, fetched by a presigned link at ${origin}, and removed.`)
}
