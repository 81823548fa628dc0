import { type ListDefinition, type Where } from './list-query.js'

/** A page of funnels, each with its groups. Indexes: funnels_pkey, funnel_groups' by funnel. */
export const funnelList: ListDefinition = {
  name: 'funnels',
  keys: [{ column: 'f.id', type: 'bigint' }],
  follows: '>',
  select: (where, { sql }) => `
    SELECT k.id, k.name, k.interactions, (
      SELECT coalesce(json_agg(json_build_object('id', g.id, 'name', g.name, 'doubleCounting', g.double_counting,
        'newAt', g.new_at, 'interactions', g.interactions) ORDER BY g.created_at, g.id), '[]')
      FROM funnel_groups g WHERE g.workspace_id = k.workspace_id AND g.funnel_id = k.id
    ) AS groups
    FROM (
      SELECT f.workspace_id, f.id, f.name, f.interactions FROM funnels f WHERE ${where}
      ORDER BY f.id ${sql}
    ) k
    ORDER BY k.id`,
}

/**
 * The funnels that have a record on an account. OFFSET 0 keeps PostgreSQL from joining all of the account's
 * records instead of probing for one per group. Index: records_account_group_newest.
 */
export const funnelsOf = (accountId: string | undefined): Where =>
  accountId === undefined
    ? { shape: 'all', sql: () => 'true', values: [] }
    : {
        shape: 'account',
        sql: (firstParameter) => `EXISTS (
          SELECT FROM funnel_groups g JOIN records r ON r.workspace_id = g.workspace_id AND r.funnel_group_id = g.id
          WHERE g.workspace_id = f.workspace_id AND g.funnel_id = f.id AND r.account_id = $${firstParameter} OFFSET 0)`,
        values: [accountId],
      }

/** A row without an id: the funnel has no such group. Indexes: funnels_workspace_id_name_key, funnel_groups_workspace_id_funnel_id_name_key. */
export const groupByNames = `
  SELECT g.id FROM funnels f
  LEFT JOIN funnel_groups g ON g.workspace_id = f.workspace_id AND g.funnel_id = f.id AND g.name = $2
  WHERE f.name = $1`
