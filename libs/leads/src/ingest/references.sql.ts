import { lateDaysLock } from './late-days.js'

/**
 * Everything that a batch calls by name, and the locks that it holds until it ends: against the making of partitions,
 * and against the builder of archives (see late_days).
 *
 * $1 workspace, $2 chatbots' names, $3 accounts' ids, $4 and $5 platforms and names of accounts, $6 funnels' names.
 * Indexes: chatbots_workspace_id_name_key, accounts_pkey, accounts_workspace_id_platform_name_key,
 * funnels_workspace_id_name_key, funnel_groups_workspace_id_funnel_id_name_key.
 */
export const lockAndFind = `
  SELECT pg_advisory_xact_lock_shared(month_partitions_lock()),
    ${lateDaysLock},
    (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name)), '[]')
     FROM chatbots c WHERE c.name = ANY ($2::text[])) AS chatbots,
    (SELECT coalesce(json_agg(json_build_object('id', a.id, 'platform', a.platform, 'name', a.name)), '[]') FROM (
       SELECT a.id, a.platform, a.name FROM accounts a WHERE a.id = ANY ($3::text[])
       UNION
       SELECT a.id, a.platform, a.name FROM unnest($4::text[], $5::text[]) n (platform, name)
       JOIN accounts a ON a.workspace_id = $1 AND a.platform = n.platform AND a.name = n.name
     ) a) AS accounts,
    (SELECT coalesce(json_agg(json_build_object('funnel', f.name, 'funnelId', f.id::text, 'group', g.name, 'id', g.id,
       'doubleCounting', g.double_counting, 'newAt', g.new_at, 'interactions', g.interactions)), '[]')
     FROM funnels f LEFT JOIN funnel_groups g ON g.workspace_id = f.workspace_id AND g.funnel_id = f.id
     WHERE f.name = ANY ($6::text[])) AS groups`

/**
 * Batches that make accounts take turns until they end: two at once would both find room for the last one. A statement
 * of its own, so that the next one sees what the batch before has made. $1 workspace.
 */
export const lockAccounts = `SELECT pg_advisory_xact_lock(hashtextextended('accounts ' || $1, 0))`

/** How many more accounts events may make; what leads without an account belong to does not count. $1 workspace. */
export const roomForAccounts = `
  SELECT w.max_accounts AS bound,
    w.max_accounts - (SELECT count(*) FROM accounts a WHERE a.workspace_id = w.id AND NOT a.implicit)::int AS room
  FROM workspaces w WHERE w.id = $1`

/** $1 workspace, $2 ids, $3 names, $4 slugs, $5 platforms. Whoever made the same account first has made it. */
export const insertAccounts = `
  INSERT INTO accounts (workspace_id, id, name, slug, platform)
  SELECT $1, n.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) n
  ON CONFLICT (workspace_id, platform, name) DO NOTHING`

/** $1 workspace, $2 platforms, $3 names. Index: accounts_workspace_id_platform_name_key. */
export const accountsByName = `
  SELECT a.id, a.platform, a.name FROM unnest($2::text[], $3::text[]) n (platform, name)
  JOIN accounts a ON a.workspace_id = $1 AND a.platform = n.platform AND a.name = n.name`
