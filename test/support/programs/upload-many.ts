import { ObjectStore } from '#core'
import { MultipartUpload } from '../../../libs/exports/src/pipeline/multipart-upload.js'
import { anonymousMemoryMb } from './usage.js'

/**
 * Uploads files one after the other, as a worker does, and sends its anonymous memory in MB to its parent after each. A
 * process of its own: a test runner's memory has too much else in it.
 *
 *     upload-many.js '{"S3_ENDPOINT":…}' <files> <MiB of a file>
 */
const [config = '{}', files = '1', size = '1'] = process.argv.slice(2)
const store = new ObjectStore(JSON.parse(config) as ConstructorParameters<typeof ObjectStore>[0])
const chunk = Buffer.alloc(1024 * 1024, 'x')
const target = { key: 'upload-many', contentType: 'text/plain', onUpload: () => Promise.resolve() }

async function* content(): AsyncGenerator<Buffer> {
  for (let n = 0; n < Number(size); n++) yield await Promise.resolve(chunk)
}

const looks: number[] = []
for (let n = 0; n < Number(files); n++) {
  await new MultipartUpload(store, target, new AbortController().signal).run(content())
  await store.delete(target.key)
  looks.push(anonymousMemoryMb(process.pid))
}
store.close()
process.send?.(looks)
process.disconnect()
