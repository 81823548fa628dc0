import { stringify } from 'csv-stringify'
import { pipeline } from 'node:stream/promises'
import { compete, connect, cursorOf, recordsOf, task } from './harness.js'

/** A cursor and csv-stringify. */
await compete(async (body) => {
  const client = await connect()
  const csv = stringify({ header: true, columns: task.header, cast: { date: (time) => time.toISOString() } })
  await pipeline(cursorOf(client), csv, body)
  await client.end()
  return recordsOf(csv)
})
