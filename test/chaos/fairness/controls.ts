import type { Guard } from '../controls/controls.js'
import type { AbuseName } from './abuses/abuses.js'

/** A guard against tenants. */
export interface FairnessControl extends Guard {
  /** What the guard is there for. */
  abuses: readonly [AbuseName, ...AbuseName[]]
}

export const fairnessControls = {
  /** Exports are taken in the order in which they were accepted, as many of one workspace as there are. */
  turns: {
    mutations: [],
    sql: `
      CREATE OR REPLACE FUNCTION export_turns() RETURNS TABLE (workspace_id text, slots bigint)
        LANGUAGE sql STABLE
        AS $$
          SELECT e.workspace_id, 1000::bigint FROM exports e WHERE e.state IN ('queued', 'running')
          GROUP BY e.workspace_id ORDER BY min(e.accepted_at)
        $$`,
    abuses: ['many-exports'],
    breaks: ['exports-wait-one-slot'],
  },
  /** A day under way is gone on with before another workspace's day is begun, all slices of it. */
  'day-turns': {
    mutations: [],
    sql: `
      CREATE OR REPLACE FUNCTION day_turns() RETURNS TABLE (workspace_id text, slots bigint)
        LANGUAGE sql STABLE
        AS $$
          SELECT d.workspace_id, 1000::bigint FROM archive_days d
          WHERE d.state = 'building' OR d.state = 'due' AND d.not_before <= clock_timestamp()
          GROUP BY d.workspace_id ORDER BY bool_or(d.state = 'building') DESC, min(d.not_before)
        $$`,
    abuses: ['accounts'],
    breaks: ['days-wait-one-slice'],
  },
  /** As many requests of a workspace are worked on at a time as it sends. */
  'request-turns': {
    mutations: [
      {
        file: 'apps/gateway/src/http/requests-in-turn.js',
        find: 'turns.begin(principal.workspaceId, raw, done)',
        replace: 'done()',
      },
    ],
    abuses: ['large-pages'],
    breaks: ['lists-are-answered'],
  },
} as const satisfies Record<string, FairnessControl>

export type FairnessControlName = keyof typeof fairnessControls
export const fairnessControlNames = Object.keys(fairnessControls) as FairnessControlName[]
