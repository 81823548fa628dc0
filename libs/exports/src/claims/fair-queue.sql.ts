import { type RepeatableSql, roles } from '#core'

/** Rows of one workspace, alias `t`, of which the first may be taken. */
interface Candidates {
  where: string
  orderBy: string
}

/** A table of work that waits, which workers take so that workspaces have their turns. Conditions are of the table as `t`. */
export interface FairQueue {
  table: string
  /** The function that lists whose turn it is. */
  turns: string
  waiting: string
  running: string
  /** How many of a workspace `w` may run at once. */
  limit: string
  /** When a workspace `w` was served last: a column. */
  servedAt: string
  /** Work that waits, once it may be taken. */
  due: Candidates
  /** Work whose worker has gone, by its lease. It comes before what waits. */
  lost: Candidates
}

/**
 * The workspaces with work to take and slots free for it, in turn: those with the fewest running first, then those that
 * were served the longest ago, so that a thousand pieces of one are no more than one ahead of another's first. Walks
 * from one workspace to the next in an index (workspace_id, not_before) of what waits, however much each has waiting.
 */
export function turnsFunction({ table, turns, waiting, running, limit, servedAt }: FairQueue): RepeatableSql {
  const sql = `
    CREATE OR REPLACE FUNCTION ${turns}() RETURNS TABLE (workspace_id text, slots bigint)
      LANGUAGE sql STABLE
      AS $$
        WITH RECURSIVE waiting AS (
          (SELECT t.workspace_id AS id FROM ${table} t WHERE ${waiting} ORDER BY t.workspace_id LIMIT 1)
          UNION ALL
          SELECT (SELECT t.workspace_id FROM ${table} t WHERE ${waiting} AND t.workspace_id > waiting.id
            ORDER BY t.workspace_id LIMIT 1)
          FROM waiting WHERE waiting.id IS NOT NULL
        ), running AS (
          SELECT t.workspace_id AS id, count(*) FILTER (WHERE t.lease_until > clock_timestamp()) AS n,
            bool_or(t.lease_until <= clock_timestamp()) AS has_lost
          FROM ${table} t WHERE ${running} GROUP BY t.workspace_id
        ), taking AS (
          SELECT waiting.id FROM waiting
          WHERE (SELECT t.not_before FROM ${table} t WHERE t.workspace_id = waiting.id AND ${waiting}
            ORDER BY t.not_before LIMIT 1) <= clock_timestamp()
          UNION
          SELECT running.id FROM running WHERE running.has_lost
        )
        SELECT w.id, ${limit} - coalesce(running.n, 0)
        FROM taking JOIN workspaces w USING (id) LEFT JOIN running USING (id)
        WHERE coalesce(running.n, 0) < ${limit}
        ORDER BY coalesce(running.n, 0), w.${servedAt}, w.id
      $$;
    ${grantTo(turns)}`
  return { name: turns, sql }
}

/** What a claim of a queue takes, and makes of it. */
interface Claiming {
  name: string
  parameters: string
  /** Tried one after the other; the workspace's id is `turn.workspace_id`. */
  candidates: readonly Candidates[]
  /** What is set of the workspace `w` besides; `taken` is the row's id. */
  served?: string
  /** What is set of the row `t`. */
  set: string
}

/**
 * Takes the next row that is fair to take. Claims take turns (an advisory lock for the length of this short
 * transaction): two at once would both count the same running rows and step over a workspace's limit.
 */
export function claimFunction(queue: FairQueue, claiming: Claiming): RepeatableSql {
  const { table, turns, servedAt } = queue
  const { name, parameters, candidates, served, set } = claiming
  const choose = candidates.map(
    ({ where, orderBy }) => `
          IF taken IS NULL THEN
            SELECT t.id INTO taken FROM ${table} t
            WHERE t.workspace_id = turn.workspace_id AND ${where}
            ORDER BY ${orderBy} LIMIT 1 FOR UPDATE SKIP LOCKED;
          END IF;`,
  )
  const sql = `
    CREATE OR REPLACE FUNCTION ${name}(${parameters}) RETURNS SETOF ${table}
      LANGUAGE plpgsql
      AS $$
      DECLARE
        turn record;
        taken text;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('${name}'));
        FOR turn IN SELECT * FROM ${turns}() LOOP${choose.join('')}
          CONTINUE WHEN taken IS NULL;
          UPDATE workspaces w SET ${servedAt} = clock_timestamp()${served === undefined ? '' : `, ${served}`}
          WHERE w.id = turn.workspace_id;
          RETURN QUERY UPDATE ${table} t SET ${set} WHERE t.id = taken RETURNING t.*;
          RETURN;
        END LOOP;
      END $$;
    ${grantTo(name)}`
  return { name, sql }
}

/** Never one that anything in the store is known to be of, though an older copy of the database came back. */
export const nextEpoch = `1 + greatest(t.epoch, (SELECT max(i.epoch) FROM upload_intents i WHERE i.holder = t.id))`

/** What could be claimed now, one per free slot of each workspace at most. $1 how many. */
export function dueIds({ table, turns, due, lost }: FairQueue): string {
  return `
    SELECT due.id FROM ${turns}() turn CROSS JOIN LATERAL (
      (SELECT t.id FROM ${table} t WHERE t.workspace_id = turn.workspace_id AND ${lost.where})
      UNION ALL
      (SELECT t.id FROM ${table} t WHERE t.workspace_id = turn.workspace_id AND ${due.where}
       ORDER BY ${due.orderBy} LIMIT turn.slots)
      LIMIT turn.slots
    ) due LIMIT $1`
}

const grantTo = (name: string): string => `
    REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${name} TO ${roles.system};`
