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
    e.archive_name AS "archiveName", e.rows_done AS rows, e.bytes, e.sha256, e.reason,
    e.accepted_at AS "acceptedAt", e.expires_at AS "expiresAt", e.link_version AS "linkVersion"`

/** $1 id, $2 attempt: a sender whose lease ran out changes nothing any more. */
const mine = `id = $1 AND attempts = $2 AND state = 'sending'`

export const mailSent = `
  UPDATE mail_outbox SET state = 'sent', sent_at = clock_timestamp(), lease_until = NULL, reason = NULL WHERE ${mine}`

/** $3 reason, $4 whether the server refused it for good. Backs off from 5 s to ten minutes, for three days. */
export const mailNotSent = `
  UPDATE mail_outbox
  SET state = CASE WHEN $4 OR created_at < clock_timestamp() - interval '3 days' THEN 'failed' ELSE 'queued' END,
    reason = $3, lease_until = NULL,
    not_before = clock_timestamp() + make_interval(secs => least(600, 5 * 2 ^ least(attempts - 1, 10)))
  WHERE ${mine}`

/** Exports with a mail that could be sent now. $1 how many. */
export const dueMails = `
  SELECT export_id AS id FROM mail_outbox
  WHERE state = 'queued' AND not_before <= clock_timestamp() OR state = 'sending' AND lease_until <= clock_timestamp()
  ORDER BY not_before LIMIT $1`
