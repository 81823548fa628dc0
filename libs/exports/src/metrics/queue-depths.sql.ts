/**
 * By queue: how much waits, how much is under way, and for how many seconds what a free worker could take now has been
 * waiting: from when it was due, or from when the lease of the worker that was at it ran out. An export or a day that waits for a slot of
 * its workspace's own limit waits, but for no worker: more of them would not help it, so its age does not count. Indexes: exports_due, exports_running, mail_outbox_due, archive_days_due,
 * archive_days_building.
 */
export const queueDepthsSql = `
  SELECT 'exports' AS queue,
    (SELECT count(*) FROM exports WHERE state = 'queued')::int AS waiting,
    (SELECT count(*) FROM exports WHERE state = 'running')::int AS running,
    ${secondsSinceEarlier(
      `(SELECT min((SELECT e.not_before FROM exports e
        WHERE e.workspace_id = turn.workspace_id AND e.state = 'queued' ORDER BY e.not_before, e.id LIMIT 1))
      FROM export_turns() turn)`,
      `(SELECT min(lease_until) FROM exports WHERE state = 'running' AND lease_until <= clock_timestamp())`,
    )} AS age
  UNION ALL
  SELECT 'mail', count(*) FILTER (WHERE state = 'queued')::int, count(*) FILTER (WHERE state = 'sending')::int,
    ${secondsSinceEarlier(
      `min(not_before) FILTER (WHERE state = 'queued')`,
      `min(lease_until) FILTER (WHERE state = 'sending' AND lease_until <= clock_timestamp())`,
    )}
  FROM mail_outbox WHERE state IN ('queued', 'sending')
  UNION ALL
  SELECT 'archive',
    (SELECT count(*) FROM archive_days WHERE state = 'due' OR state = 'building' AND worker IS NULL)::int,
    (SELECT count(*) FROM archive_days WHERE state = 'building' AND worker IS NOT NULL)::int,
    ${secondsSinceEarlier(
      `(SELECT min((SELECT d.not_before FROM archive_days d
        WHERE d.workspace_id = turn.workspace_id AND d.state = 'due' ORDER BY d.not_before LIMIT 1))
      FROM day_turns() turn)`,
      `(SELECT min(lease_until) FROM archive_days WHERE state = 'building' AND lease_until <= clock_timestamp())`,
    )}`

/** Since the earlier of two times, either of which may be null; 0 where nothing waits, or not yet. */
function secondsSinceEarlier(due: string, lost: string): string {
  return `greatest(0, coalesce(extract(epoch FROM clock_timestamp() - least(${due}, ${lost})), 0))::float8`
}
