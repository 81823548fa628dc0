import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ConversationEvent } from './event.js'
import { batches } from './send/batches.js'
import { written } from './send/post-batch.js'

/** Writes events as NDJSON. @param file `-` is standard output @returns how many there were */
export async function writeEvents(file: string, events: Iterable<ConversationEvent>): Promise<number> {
  let count = 0
  function* chunks() {
    for (const batch of batches(events)) {
      count += batch.length
      yield written(batch, 'ndjson')
    }
  }
  const output = file === '-' ? process.stdout : createWriteStream(file)
  await pipeline(Readable.from(chunks()), output)
  return count
}
