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
} as const satisfies Record<string, FairnessControl>

export type FairnessControlName = keyof typeof fairnessControls
export const fairnessControlNames = Object.keys(fairnessControls) as FairnessControlName[]
