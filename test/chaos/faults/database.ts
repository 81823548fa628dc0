import type { Fault } from './fault.js'

const parts = ['postgres'] as const

export const databaseFaults = {
  'postgres-restarted': { parts, strike: ({ servers }) => servers.postgres.restart('stopped') },
  /** Its sessions are cut in the middle of what they do, and it recovers from its log. */
  'postgres-crashed': { parts, strike: ({ servers }) => servers.postgres.restart('SIGQUIT') },
  'sessions-ended': {
    parts,
    async strike({ superuser }, _part, random) {
      await superuser.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE usename IN ('leadferry_app', 'leadferry_system') AND hashtext(pid::text) % 2 = $1`,
        [random.between(0, 1)],
      )
    },
  },
  /** An ending is told once more than it happened, as by a worker that repeats what it has done. */
  'endings-told-twice': {
    parts: ['outbox'],
    async strike({ superuser }) {
      await superuser.query(`
        INSERT INTO mail_outbox (workspace_id, export_id, kind, retries)
        SELECT workspace_id, id, CASE state WHEN 'failed' THEN 'export_failed' ELSE 'export_completed' END, retries
        FROM exports WHERE state IN ('completed', 'failed') ORDER BY finished_at DESC LIMIT 20
        ON CONFLICT DO NOTHING`)
    },
  },
} as const satisfies Record<string, Fault>
