import type { QueueName } from '#core'
import { triedAgain } from '../retry.sql.js'
import type { DeadLetterKind } from './dead-letter.js'

/** Days try themselves again, for ever: this many failures in a row are not going away by themselves. */
const TOO_MANY_FAILURES = 5

interface Source {
  table: string
  /**
   * Those that ended badly, won't go on by themselves and were not dismissed: kind, id (text), key (of the table),
   * workspace_id, at, reason, attempts, export_id, day.
   */
  dead: string
  /** Whether the row `t` is still one, once it is locked. */
  still: string
  /** A statement on the rows `held`, as a WITH takes it, where more is done than their change. */
  besides?: string
  /** What is set of a row to have it done again. */
  again: string
  queue: QueueName
  /** The column that its queue is told. */
  announced: string
}

/** A kind more is an entry more here, and a name in `deadLetterKinds`. */
export const sources: Record<DeadLetterKind, Source> = {
  // Index: exports_failed.
  export: {
    table: 'exports',
    dead: `
      SELECT 'export' AS kind, e.id, e.id AS key, e.workspace_id, e.finished_at AS at, e.reason, e.epoch AS attempts,
        e.id AS export_id, NULL::date AS day
      FROM exports e
      WHERE e.state = 'failed' AND (e.dismissed_at IS NULL OR e.dismissed_at < e.finished_at)`,
    still: `t.state = 'failed'`,
    again: triedAgain,
    queue: 'exports',
    announced: 'id',
  },
  // A mail about what has changed since (a file that expired, an export that was tried again) comes too late for
  // everybody. Index: mail_outbox_failed.
  mail: {
    table: 'mail_outbox',
    dead: `
      SELECT 'mail' AS kind, m.id::text AS id, m.id AS key, m.workspace_id, m.failed_at AS at, m.reason, m.attempts,
        m.export_id, NULL::date AS day
      FROM mail_outbox m JOIN exports e ON e.id = m.export_id AND e.retries = m.retries
        AND e.state = CASE m.kind WHEN 'export_completed' THEN 'completed' ELSE 'failed' END
      WHERE m.state = 'failed' AND (m.dismissed_at IS NULL OR m.dismissed_at < m.failed_at)`,
    still: `t.state = 'failed'`,
    again: `state = 'queued', tried_since = clock_timestamp(), not_before = clock_timestamp(), failed_at = NULL,
      reason = NULL, reply = NULL`,
    queue: 'mail',
    announced: 'export_id',
  },
  // A daily archive builds itself anew. Index: archive_files_missing.
  missing_file: {
    table: 'archive_files',
    dead: `
      SELECT 'missing_file' AS kind, f.id::text AS id, f.id AS key, f.workspace_id, f.missing_since AS at,
        NULL::text AS reason, e.epoch AS attempts, f.export_id, NULL::date AS day
      FROM archive_files f JOIN exports e ON e.id = f.export_id
      WHERE f.missing_since IS NOT NULL AND (f.dismissed_at IS NULL OR f.dismissed_at < f.missing_since)`,
    still: `t.missing_since IS NOT NULL AND (t.dismissed_at IS NULL OR t.dismissed_at < t.missing_since)`,
    // What has completed can't run again, and what it read has changed since: a new export of the same request, as of now.
    besides: `asked_anew AS (
      INSERT INTO exports (id, workspace_id, api_key_id, dataset, format, gzip, filter, options, request_hash,
        recipient_name, recipient_email, locale)
      SELECT 'exp_' || right(replace(gen_random_uuid()::text, '-', ''), 16), e.workspace_id, e.api_key_id, e.dataset,
        e.format, e.gzip, e.filter, e.options, e.request_hash, e.recipient_name, e.recipient_email, e.locale
      FROM held JOIN archive_files f ON f.id = held.id JOIN exports e ON e.id = f.export_id
    )`,
    again: `dismissed_at = clock_timestamp()`,
    queue: 'exports',
    announced: 'export_id',
  },
  // Index: archive_days_open.
  archive_day: {
    table: 'archive_days',
    dead: `
      SELECT 'archive_day' AS kind, d.id, d.id AS key, d.workspace_id, d.started_at AS at, d.reason,
        d.failures AS attempts, NULL AS export_id, d.day
      FROM archive_days d
      WHERE d.state <> 'built' AND d.failures >= ${TOO_MANY_FAILURES}
        AND (d.state = 'due' OR d.lease_until <= clock_timestamp())
        AND (d.dismissed_at IS NULL OR d.dismissed_at < d.built_at)`,
    still: `t.failures >= ${TOO_MANY_FAILURES}`,
    again: `failures = 0, not_before = clock_timestamp()`,
    queue: 'archive',
    announced: 'id',
  },
}

/** $1 workspace, $2 reason, $3 since; null: whatever it is. */
const matches = `($1::text IS NULL OR l.workspace_id = $1) AND ($2::text IS NULL OR l.reason = $2)
    AND ($3::timestamptz IS NULL OR l.at >= $3)`

/** All but the keys, which are of different types. */
const listed = 'kind, id, workspace_id, at, reason, attempts, export_id, day'

/** Newest first. $4 how many, $5 to $7 the place (at, kind, id) after which to start, or nulls; $8 how many to skip. */
export const listDeadLetters = (kinds: readonly DeadLetterKind[]): string => `
  SELECT l.kind, l.id, w.codename AS workspace, l.reason, l.at, l.attempts, l.export_id AS "exportId",
    l.day::text AS day, l.at::text AS "atText"
  FROM (${kinds.map((kind) => `SELECT ${listed} FROM (${sources[kind].dead}) d`).join(' UNION ALL ')}) l JOIN workspaces w ON w.id = l.workspace_id
  WHERE ${matches} AND ($5::timestamptz IS NULL OR (l.at, l.kind, l.id) < ($5, $6, $7))
  ORDER BY l.at DESC, l.kind DESC, l.id DESC LIMIT $4 OFFSET $8`

/** How many there are of each kind; 0 where there are none. */
export const countDeadLetters = (kinds: readonly DeadLetterKind[]): string =>
  kinds
    .map((kind) => `SELECT '${kind}' AS kind, count(*)::int AS n FROM (${sources[kind].dead}) d`)
    .join(' UNION ALL ')

/**
 * Has a batch of one kind done again, the oldest first. Operators who do the same at once share the rows: what one
 * holds, the other leaves to him. $4 those up to when, so that what ends badly anew is not done again and again;
 * $5 one id, or null; $6 how many.
 */
export function replay(kind: DeadLetterKind): string {
  const { table, dead, still, besides, again, announced } = sources[kind]
  return `
  WITH listed AS (
    SELECT l.key FROM (${dead}) l WHERE ${matches} AND l.at <= $4 AND ($5::text IS NULL OR l.id = $5)
    ORDER BY l.at, l.id LIMIT $6
  ), held AS (
    SELECT t.id FROM ${table} t JOIN listed ON listed.key = t.id WHERE ${still} FOR UPDATE OF t SKIP LOCKED
  )${besides === undefined ? '' : `, ${besides}`}
  UPDATE ${table} t SET ${again} FROM held WHERE held.id = t.id
  RETURNING t.id::text AS id, t.${announced} AS announced`
}

/** What ended so is listed no more; a failed export stays failed. $1 id. */
export const dismiss = (kind: DeadLetterKind): string => `
  UPDATE ${sources[kind].table} t SET dismissed_at = clock_timestamp()
  FROM (${sources[kind].dead}) l WHERE l.key = t.id AND l.id = $1`

export const now = `SELECT clock_timestamp()::text AS now`
