import { setTimeout as sleep } from 'node:timers/promises'
import { Bucket } from './bucket.js'
import type { Evidence, Finding, Invariant } from './evidence.js'

const name = 'nothing-left-behind'
/** Names the database whose files the others are. */
const MARKER = 'leadferry-instance.json'
/** A transaction that is idle between two statements is gone by then. */
const STUCK_AFTER_MS = 3000

/** The bucket holds what the index tells of and nothing else, and nobody holds on to anything in the database. */
export const nothingLeftBehind: Invariant = { name, check }

async function check(evidence: Evidence): Promise<Finding[]> {
  const complaints = [
    ...(await wrongBucket(evidence)),
    ...(await leftRows(evidence)),
    ...(await stuckSessions(evidence)),
  ]
  return complaints.map(([exportId, says]) => ({ invariant: name, exportId, says }))
}

type Complaint = [exportId: string | null, says: string]
const exportIn = (text: string): string | null => /exp_[0-9a-f]{16}/.exec(text)?.[0] ?? null

async function wrongBucket({ store, superuser }: Evidence): Promise<Complaint[]> {
  const bucket = new Bucket(store)
  try {
    const [keys, uploads, { rows }] = await Promise.all([
      bucket.keys(),
      bucket.openUploads(),
      superuser.query<{ key: string }>('SELECT object_key AS key FROM archive_files'),
    ])
    const [stored, indexed] = [new Set(keys), new Set(rows.map(({ key }) => key))]
    const complaint = (key: string, what: string): Complaint => [exportIn(key), `${what}: ${key}`]
    return [
      ...[...stored]
        .filter((key) => !indexed.has(key) && key !== MARKER)
        .map((key) => complaint(key, 'an object that the index does not have')),
      ...[...indexed]
        .filter((key) => !stored.has(key))
        .map((key) => complaint(key, 'the index has what the bucket has not')),
      ...uploads.map((key) => complaint(key, 'an upload was neither completed nor aborted')),
    ]
  } finally {
    bucket.close()
  }
}

/** Each selects an export, null where it is about none, and what is wrong. */
const leftovers = [
  `SELECT holder AS id, format('an upload intent of epoch %s: %s', epoch, object_key) AS says FROM upload_intents`,
  `SELECT id, format('its lease is held until %s by %s', lease_until, worker) AS says FROM exports WHERE lease_until IS NOT NULL`,
  `SELECT export_id AS id, format('the lease of its mail is held until %s', lease_until) AS says FROM mail_outbox
   WHERE lease_until IS NOT NULL`,
  `SELECT NULL AS id, format('the lease of day %s is held until %s', day, lease_until) AS says FROM archive_days
   WHERE lease_until IS NOT NULL`,
  `SELECT NULL AS id, format('a file of a build that was not listed: %s', object_key) AS says FROM archive_day_files`,
  `SELECT e.id, format('is %s and still in the archive as %s', e.state, f.name) AS says
   FROM archive_files f JOIN exports e ON e.id = f.export_id WHERE e.state <> 'completed'`,
]

async function leftRows({ superuser }: Evidence): Promise<Complaint[]> {
  const { rows } = await superuser.query<{ id: string | null; says: string }>(
    leftovers.map((sql) => `(${sql})`).join(' UNION ALL '),
  )
  return rows.map(({ id, says }) => [id === null ? null : exportIn(id), says])
}

async function stuckSessions(evidence: Evidence): Promise<Complaint[]> {
  const before = new Set((await idleInTransaction(evidence)).map(({ transaction }) => transaction))
  if (before.size === 0) return []
  await sleep(STUCK_AFTER_MS)
  return (await idleInTransaction(evidence))
    .filter(({ transaction }) => before.has(transaction))
    .map(({ transaction, query }) => [null, `session and transaction ${transaction} are idle after ${query}`])
}

async function idleInTransaction({ superuser }: Evidence): Promise<{ transaction: string; query: string }[]> {
  const { rows } = await superuser.query<{ transaction: string; query: string }>(
    `SELECT format('%s since %s', pid, xact_start) AS transaction, left(query, 80) AS query FROM pg_stat_activity
     WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  )
  return rows
}
