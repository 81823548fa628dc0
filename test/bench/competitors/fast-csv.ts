import { format } from 'fast-csv'
import { pipeline } from 'node:stream/promises'
import { compete, connect, cursorOf, isoTimes, task } from './harness.js'

/** A cursor and fast-csv. */
await compete(async (body) => {
  const client = await connect()
  let rows = 0
  const csv = format<unknown[], unknown[]>({ headers: task.header }).transform((row: unknown[]) => {
    rows++
    return isoTimes(row)
  })
  await pipeline(cursorOf(client), csv, body)
  await client.end()
  return rows
})
