import type pg from 'pg'
import { serialize } from 'pg-protocol'
import { type Field, ProtocolQuery } from './protocol-query.js'

/** A statement that a connection has prepared. */
export interface Prepared {
  /** On the connection. */
  name: string
  /** A row, made of its fields as they come. */
  row(fields: readonly (string | null)[]): pg.QueryResultRow
}

interface Known {
  text: string
  prepared: Promise<Prepared>
}

/** What each connection has prepared, by name. */
const known = new WeakMap<pg.PoolClient, Map<string, Known>>()

/** Prepares a statement where its connection does not know it yet. @throws Error for a name that stands for two texts */
export function preparedOn(
  client: pg.PoolClient,
  { name, text }: { name: string; text: string },
): Promise<Prepared> {
  let byName = known.get(client)
  if (byName === undefined) known.set(client, (byName = new Map<string, Known>()))
  const before = byName.get(name)
  if (before?.text === text) return before.prepared
  if (before !== undefined) throw new Error(`the name ${name} stands for two queries`)
  // Apart from the names that pg gives to statements of its own on the same connection. PostgreSQL cuts longer ones.
  if (!/^[\w-]{1,58}$/.test(name)) throw new Error(`${name} is no name for a prepared query`)
  const prepared = new Preparation(`read-${name}`, text, client).on(client)
  byName.set(name, { text, prepared })
  prepared.catch(() => byName.delete(name))
  return prepared
}

class Preparation extends ProtocolQuery<Prepared> {
  private fields: Field[] = []

  constructor(
    private readonly name: string,
    private readonly text: string,
    private readonly client: pg.PoolClient,
  ) {
    super()
  }

  protected override messages(): Buffer[] {
    const { name, text } = this
    return [serialize.parse({ name, text }), serialize.describe({ type: 'S', name })]
  }

  override handleRowDescription({ fields }: { fields: Field[] }): void {
    this.fields = fields
  }

  protected override answer(): Prepared {
    return { name: this.name, row: rowMaker(this.fields, this.client) }
  }
}

/** Each row begins as a copy of an empty one, so that all of a statement's rows have one shape in the engine. */
function rowMaker(fields: readonly Field[], client: pg.PoolClient): Prepared['row'] {
  const columns = fields.map(({ name, dataTypeID }, at) => ({
    name,
    at,
    read: client.getTypeParser(dataTypeID, 'text') as (text: string) => unknown,
  }))
  const empty: pg.QueryResultRow = Object.fromEntries(columns.map(({ name }) => [name, null]))
  return (texts) => {
    const row = { ...empty }
    for (const { name, at, read } of columns) {
      const text = texts[at]
      if (typeof text === 'string') row[name] = read(text)
    }
    return row
  }
}
