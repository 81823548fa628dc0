import type pg from 'pg'
import { quote } from './quote.js'

export type ReadValue = string | number | null | readonly string[]

/** A read that is prepared once per connection. One name stands for one text. Times come as IsoTime. */
export interface NamedQuery {
  name: string
  text: string
  values: readonly ReadValue[]
  /**
   * 'once': planned for whatever values it will get, and never again; for a read that has only one good plan.
   * Absent: PostgreSQL decides, which mostly means to plan anew for each read, at a third of its speed.
   */
  planned?: 'once'
}

/** What each connection has prepared, by name. */
const prepared = new WeakMap<pg.PoolClient, Map<string, string>>()

/**
 * Runs a prepared read with its workspace set, as one message and so in one round trip. PostgreSQL runs the
 * statements of a message as one transaction, which is how long the workspace stays set: BEGIN, set_config,
 * SELECT and COMMIT of their own reach 0.36 of a plain SELECT's speed.
 *
 * A message of several statements takes no parameters, so the values stand in it as literals.
 *
 * @param workspaceId its form is the caller's to check
 */
export async function readInOneTrip<R extends pg.QueryResultRow>(
  client: pg.PoolClient,
  workspaceId: string,
  query: NamedQuery,
): Promise<R[]> {
  await prepareOnce(client, query)
  const values = query.values.map(literal).join(', ')
  const text = [
    `SET LOCAL app.workspace = ${quote(workspaceId)}`,
    ...(query.planned === 'once' ? ['SET LOCAL plan_cache_mode = force_generic_plan'] : []),
    `EXECUTE ${statement(query.name)}${values === '' ? '' : `(${values})`}`,
  ].join('; ')
  const results = await queryAll<R>(client, text)
  return results.at(-1)?.rows ?? []
}

/**
 * Runs a message of several statements. By pg's callback: rows that its promise brought outlived their request, so
 * that collecting them cost a list read a fifth of its time.
 *
 * @returns a result per statement, which pg's types don't know
 */
const queryAll = <R extends pg.QueryResultRow>(
  client: pg.PoolClient,
  text: string,
): Promise<pg.QueryResult<R>[]> =>
  new Promise((resolve, reject) => {
    client.query<R>(text, (error: Error | null, results) => {
      if (error === null) resolve(results as unknown as pg.QueryResult<R>[])
      else reject(error)
    })
  })

async function prepareOnce(client: pg.PoolClient, { name, text }: NamedQuery): Promise<void> {
  let known = prepared.get(client)
  if (known === undefined) prepared.set(client, (known = new Map<string, string>()))
  const before = known.get(name)
  if (before === text) return
  if (before !== undefined) throw new Error(`the name ${name} stands for two queries`)
  if (!/^[\w-]{1,58}$/.test(name)) throw new Error(`${name} is no name for a prepared query`)
  await client.query(`PREPARE ${statement(name)} AS ${text}`)
  known.set(name, text)
}

/** Apart from the names that pg gives to statements of its own on the same connection. */
const statement = (name: string): string => `"read-${name}"`

function literal(value: ReadValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return String(value)
    throw new RangeError(`${value} is no number of PostgreSQL's`)
  }
  return `ARRAY[${value.map(quote).join(', ')}]::text[]`
}
