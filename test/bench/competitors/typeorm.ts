import { stringify } from 'csv-stringify'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DataSource } from 'typeorm'
import { Lead } from '#leads'
import { compete, recordsOf, task } from './harness.js'

/** What most people write: TypeORM's stream of an entity, flattened by hand, and csv-stringify. */
await compete(async (body) => {
  const source = await new DataSource({
    type: 'postgres',
    url: task.databaseUrl,
    entities: [Lead],
  }).initialize()
  const runner = source.createQueryRunner()
  await runner.startTransaction('REPEATABLE READ')
  await runner.query(`SELECT set_config('app.workspace', $1, true)`, [task.workspaceId])
  const rows = await source
    .createQueryBuilder(Lead, 'lead', runner)
    .orderBy('lead.createdAt', 'DESC')
    .addOrderBy('lead.id', 'DESC')
    .stream()
  const csv = stringify({ header: true, columns: task.header, cast: { date: (time) => time.toISOString() } })
  await pipeline(rows, new Transform({ objectMode: true, transform: flatten }), csv, body)
  await runner.commitTransaction()
  await source.destroy()
  return recordsOf(csv)
})

type Raw = Record<string, unknown> & { lead_metadata: Record<string, unknown> }

/** The stream's rows have the names of the table's columns, with the alias before them. */
function flatten(
  row: Raw,
  _: BufferEncoding,
  done: (error: null, row: Record<string, unknown>) => void,
): void {
  const flat: Record<string, unknown> = {}
  for (const name of task.header) {
    if (name === 'lead_id') flat[name] = `lead_${row['lead_hex'] as string}`
    else if (name.startsWith('metadata.')) flat[name] = row.lead_metadata[name.slice('metadata.'.length)]
    else flat[name] = row[`lead_${name}`]
  }
  done(null, flat)
}
