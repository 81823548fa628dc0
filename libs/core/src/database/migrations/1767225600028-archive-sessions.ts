import type { MigrationInterface, QueryRunner } from 'typeorm'
import { controlTable } from './row-level-security.js'

/** Sessions of the archive pages as rows, so that they can be ended. Before, a signed cookie said it all. */
export class ArchiveSessions1767225600028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE archive_sessions (
        -- SHA-256 of the random id in the cookie, which is stored nowhere
        hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
        workspace_id text NOT NULL,
        -- the app token that began it
        api_key_id text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL,
        FOREIGN KEY (workspace_id, api_key_id) REFERENCES api_keys (workspace_id, id) ON DELETE CASCADE
      );
      CREATE INDEX archive_sessions_key ON archive_sessions (api_key_id, created_at DESC);
      CREATE INDEX archive_sessions_expiry ON archive_sessions (expires_at);
      ALTER TABLE archive_sessions ENABLE ROW LEVEL SECURITY;
      ALTER TABLE archive_sessions FORCE ROW LEVEL SECURITY;
      ${controlTable('archive_sessions', ['SELECT', 'INSERT', 'DELETE'])}`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE archive_sessions')
  }
}
