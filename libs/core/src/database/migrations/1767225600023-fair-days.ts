import type { MigrationInterface, QueryRunner } from 'typeorm'
import { controlTable } from './row-level-security.js'

/** Serves days to archive in turn between workspaces, and builds each in slices that are listed together. */
export class FairDays1767225600023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE workspaces
        -- when a worker last took a day of it: whose turn it is
        ADD COLUMN last_day_claim_at timestamptz NOT NULL DEFAULT now(),
        -- how many builds of its days began: every so manieth is of the day that waits the longest
        ADD COLUMN days_begun bigint NOT NULL DEFAULT 0;

      ALTER TABLE archive_days
        -- the epoch in which the build under way began; NULL where none is. Between two slices the day is building,
        -- without a worker, and its lease ended when it began to wait for the next
        ADD COLUMN build int,
        ADD COLUMN build_began_at timestamptz,
        -- the last file of the last slice: the next slice goes on after it
        ADD COLUMN build_model text,
        ADD COLUMN build_account text;

      CREATE INDEX archive_days_due ON archive_days (workspace_id, not_before) WHERE state = 'due';
      CREATE INDEX archive_days_newest ON archive_days (workspace_id, day DESC) WHERE state = 'due';
      CREATE INDEX archive_days_building ON archive_days (workspace_id, day DESC) WHERE state = 'building';

      -- Files of finished slices until the day is listed. A build that was given up leaves its files here: a janitor
      -- puts them onto the list of lost uploads. No foreign key: that has to be done though the day is gone.
      CREATE TABLE archive_day_files (
        day_id text NOT NULL,
        build int NOT NULL,
        model text NOT NULL,
        account_folder text NOT NULL,
        name text COLLATE "C" NOT NULL,
        object_key text COLLATE "C" NOT NULL UNIQUE,
        size bigint NOT NULL,
        sha256 text NOT NULL,
        rows bigint NOT NULL,
        -- when the database was looked at for it
        snapshot_at timestamptz NOT NULL,
        PRIMARY KEY (day_id, build, name)
      );
      ALTER TABLE archive_day_files ENABLE ROW LEVEL SECURITY;
      ALTER TABLE archive_day_files FORCE ROW LEVEL SECURITY;
      ${controlTable('archive_day_files')}`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE archive_day_files;
      DROP INDEX archive_days_due, archive_days_newest, archive_days_building;
      ALTER TABLE archive_days DROP COLUMN build, DROP COLUMN build_began_at, DROP COLUMN build_model,
        DROP COLUMN build_account;
      ALTER TABLE workspaces DROP COLUMN last_day_claim_at, DROP COLUMN days_begun`)
  }
}
