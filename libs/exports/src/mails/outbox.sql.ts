/**
 * The next mail that is due, for this sender alone until its lease runs out. $1 lease in seconds.
 * Index: mail_outbox_due.
 */
export const claimMail = `
  UPDATE mail_outbox m
  SET state = 'sending', attempts = m.attempts + 1, lease_until = clock_timestamp() + make_interval(secs => $1)
  FROM exports e, workspaces w
  WHERE m.id = (
      SELECT id FROM mail_outbox
      WHERE state = 'queued' AND not_before <= clock_timestamp() OR state = 'sending' AND lease_until <= clock_timestamp()
      ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    AND e.id = m.export_id AND w.id = m.workspace_id
  RETURNING m.id, m.kind, m.attempts, m.retries, e.id AS "exportId", e.recipient_name AS "recipientName",
    e.recipient_email AS "recipientEmail", e.locale, w.name AS "workspaceName", w.time_zone AS "timeZone",
    e.archive_name AS "archiveName", e.rows_done AS rows, e.bytes, e.sha256, m.export_reason AS reason,
    e.accepted_at AS "acceptedAt", e.expires_at AS "expiresAt", e.link_version AS "linkVersion", e.traceparent`

/** $1 id, $2 attempt: a sender whose lease ran out, and whose mail another took, changes nothing any more. */
const mine = `id = $1 AND attempts = $2 AND state = 'sending'`

/** $3 lease in seconds. */
export const renewMail = `
  UPDATE mail_outbox SET lease_until = clock_timestamp() + make_interval(secs => $3) WHERE ${mine}`

/**
 * That the server took it is a fact, whoever holds the claim by now: a sender who took the mail over meanwhile learns
 * of it before its own final dot. $1 id.
 */
export const mailSent = `
  UPDATE mail_outbox
  SET state = 'sent', sent_at = clock_timestamp(), lease_until = NULL, failed_at = NULL, reason = NULL, reply = NULL
  WHERE id = $1 AND state <> 'sent'`

/**
 * $3 reason, $4 the server's reply, $5 whether it was refused for good, $6 the longest wait in seconds. Backs off from
 * 5 s, for three days from the first try that failed.
 */
export const mailNotSent = `
  UPDATE mail_outbox
  SET state = CASE WHEN given_up THEN 'failed' ELSE 'queued' END, reason = $3, reply = $4, lease_until = NULL,
    tried_since = CASE WHEN reason IS NULL THEN clock_timestamp() ELSE tried_since END,
    failed_at = CASE WHEN given_up THEN clock_timestamp() END,
    not_before = clock_timestamp() + make_interval(secs => least($6, 5 * 2 ^ least(attempts - 1, 10)))
  FROM (
    SELECT $5 OR reason IS NOT NULL AND tried_since < clock_timestamp() - interval '3 days' AS given_up
    FROM mail_outbox WHERE id = $1
  ) verdict
  WHERE ${mine}`

/** Back to the queue untouched: the worker is shutting down, or could not make sure that the mail is still its own. */
export const handBackMail = `
  UPDATE mail_outbox SET state = 'queued', lease_until = NULL, not_before = clock_timestamp() WHERE ${mine}`

/** Exports with a mail that could be sent now. $1 how many. */
export const dueMails = `
  SELECT export_id AS id FROM mail_outbox
  WHERE state = 'queued' AND not_before <= clock_timestamp() OR state = 'sending' AND lease_until <= clock_timestamp()
  ORDER BY not_before LIMIT $1`
