import { type RepeatableSql, roles } from '#core'

/**
 * Lists the files of a build in the place of those of the build before: all or nothing, and only for the holder of the
 * claim. An object that leaves the index is kept for as long as a link to it may have been promised. No statement joins two
 * tables: where they have just been filled, PostgreSQL knows nothing of their sizes, and would compare each name with
 * all others. What is listed now is known by its time.
 *
 * `looked_at` is when the database was looked at, where the build has no file to tell.
 */
export const publishDay: RepeatableSql = {
  name: 'publish_day',
  sql: `
    CREATE OR REPLACE FUNCTION publish_day(held text, held_epoch int, looked_at timestamptz, links interval) RETURNS boolean
      LANGUAGE plpgsql
      AS $$
      DECLARE
        built archive_days;
        listed_at timestamptz := clock_timestamp();
      BEGIN
        SELECT d.* INTO built FROM archive_days d
        WHERE d.id = held AND d.epoch = held_epoch AND d.state = 'building' AND d.worker IS NOT NULL FOR UPDATE;
        IF NOT FOUND THEN
          RETURN false;
        END IF;
        UPDATE archive_days d
        SET state = CASE WHEN d.asked_at > d.build_began_at THEN 'due' ELSE 'built' END, lease_until = NULL, failures = 0,
          reason = NULL, built_at = clock_timestamp(), snapshot_at = total.snapshot_at, files = total.files,
          rows = total.rows, build = NULL, build_began_at = NULL, build_model = NULL, build_account = NULL
        FROM (
          SELECT count(*) AS files, coalesce(sum(f.rows), 0) AS rows, coalesce(min(f.snapshot_at), looked_at) AS snapshot_at
          FROM archive_day_files f WHERE f.day_id = held AND f.build = built.build
        ) total
        WHERE d.id = held;
        INSERT INTO upload_intents (holder, epoch, object_key, not_before)
          SELECT held, held_epoch, f.object_key, clock_timestamp() + links FROM archive_files f
          WHERE f.workspace_id = built.workspace_id AND f.day = built.day AND f.export_id IS NULL
          ON CONFLICT (object_key) DO NOTHING;
        INSERT INTO archive_files (workspace_id, format, model, account_folder, name, object_key, size, sha256, rows, day, created_at)
          SELECT built.workspace_id, 'csv', m.model, m.account_folder, m.name, m.object_key, m.size, m.sha256, m.rows, built.day,
            listed_at
          FROM archive_day_files m WHERE m.day_id = held AND m.build = built.build
          ON CONFLICT (workspace_id, format, name COLLATE "C") DO UPDATE SET
            object_key = excluded.object_key, size = excluded.size, sha256 = excluded.sha256, rows = excluded.rows,
            created_at = excluded.created_at, missing_since = NULL;
        DELETE FROM archive_files f
          WHERE f.workspace_id = built.workspace_id AND f.day = built.day AND f.export_id IS NULL
            AND f.created_at <> listed_at;
        DELETE FROM archive_day_files m WHERE m.day_id = held AND m.build = built.build;
        RETURN true;
      END $$;
    REVOKE EXECUTE ON FUNCTION publish_day FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION publish_day TO ${roles.system};`,
}
