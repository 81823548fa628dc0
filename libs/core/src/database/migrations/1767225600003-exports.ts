import type { MigrationInterface, QueryRunner } from 'typeorm'
import { roles } from '../roles.js'
import { acceptExport } from './accept-export.js'
import { controlTable, tenantTable } from './row-level-security.js'

/** Exports, what they promised to upload, the archive index, and the mails that are due. */
export class Exports1767225600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(exportsTable)
    await runner.query(acceptFunction)
    await runner.query(claimFunction)
    await runner.query(filesAndMails)
    await runner.query(archiveDays)
    await runner.query(janitors)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('the first migration is not taken back: drop the database'))
  }
}

const exportsTable = `
  CREATE TABLE exports (
    id text PRIMARY KEY CHECK (id ~ '^exp_[0-9a-f]{16}$'),
    workspace_id text NOT NULL,
    api_key_id text NOT NULL,
    dataset text NOT NULL CHECK (dataset IN ('leads', 'records', 'funnels', 'messageUsers', 'messages')),
    format text NOT NULL CHECK (format IN ('csv', 'json', 'ndjson', 'xlsx')),
    gzip boolean NOT NULL DEFAULT false,
    filter jsonb NOT NULL,
    -- csv profile, raw, time zone, and the columns as they were fixed when the export was accepted
    options jsonb NOT NULL,
    -- of dataset, format, filter, options and recipient: finds the same request while one is in flight
    request_hash text NOT NULL,
    recipient_name text NOT NULL,
    recipient_email text NOT NULL,
    locale text NOT NULL CHECK (locale IN ('es', 'en')),
    state text NOT NULL DEFAULT 'queued'
      CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled', 'expired')),
    accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- the fence: one higher with every claim; who holds an older one can finish nothing
    epoch int NOT NULL DEFAULT 0,
    lease_until timestamptz,
    worker text,
    crashes int NOT NULL DEFAULT 0,
    deferrals int NOT NULL DEFAULT 0,
    -- how often it was tried again after it had failed, and since when the present try has been put off
    retries int NOT NULL DEFAULT 0,
    tried_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at timestamptz,
    snapshot_at timestamptz,
    finished_at timestamptz,
    expires_at timestamptz,
    rows_done bigint NOT NULL DEFAULT 0,
    truncated_cells bigint NOT NULL DEFAULT 0,
    bytes bigint,
    sha256 text,
    object_key text,
    archive_name text,
    reason text,
    -- when an operator saw to its failure otherwise than by a replay
    dismissed_at timestamptz,
    link_version int NOT NULL DEFAULT 1,
    UNIQUE (workspace_id, id),
    FOREIGN KEY (workspace_id, api_key_id) REFERENCES api_keys (workspace_id, id),
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK (state <> 'completed' OR (bytes IS NOT NULL AND sha256 IS NOT NULL AND object_key IS NOT NULL))
  );
  CREATE INDEX exports_newest ON exports (workspace_id, accepted_at DESC, id DESC);
  CREATE INDEX exports_due ON exports (workspace_id, not_before, id) WHERE state = 'queued';
  CREATE INDEX exports_running ON exports (lease_until) WHERE state = 'running';
  CREATE INDEX exports_expiry ON exports (expires_at) WHERE state = 'completed';
  CREATE INDEX exports_failed ON exports (finished_at DESC) WHERE state = 'failed';
  CREATE INDEX exports_in_flight ON exports (workspace_id, request_hash) WHERE state IN ('queued', 'running');
  ${tenantTable('exports', ['SELECT', 'INSERT', 'UPDATE'])}
  ${controlTable('exports', ['SELECT', 'INSERT', 'UPDATE'])}
`

const acceptFunction = `
  -- Exports of a workspace come to wait one after the other, by whatever way, until the transaction ends: two at once
  -- would both find room, or both nothing in flight.
  CREATE FUNCTION wait_in_turn(workspace text) RETURNS void
    LANGUAGE sql
    AS $$ SELECT pg_advisory_xact_lock(hashtextextended('accept ' || workspace, 0)) $$;

  -- Whether one more may wait.
  CREATE FUNCTION room_to_wait(workspace text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
      SELECT (SELECT count(*) FROM exports e WHERE e.workspace_id = w.id AND e.state = 'queued') < w.max_waiting_exports
      FROM workspaces w WHERE w.id = workspace
    $$;

  ${acceptExport([])}
  REVOKE EXECUTE ON FUNCTION wait_in_turn, room_to_wait, accept_export FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION wait_in_turn, room_to_wait, accept_export TO ${roles.app};
`

const claimFunction = `
  -- The workspaces with exports to take and slots free for them, in turn: those with the fewest running first, then
  -- those that were served the longest ago, so that a thousand exports of one are no more than one ahead of another's
  -- first. Walks from one workspace to the next in exports_due, however many each has waiting; some may wait for later.
  CREATE FUNCTION export_turns() RETURNS TABLE (workspace_id text, slots bigint)
    LANGUAGE sql STABLE
    AS $$
      WITH RECURSIVE waiting AS (
        (SELECT e.workspace_id AS id FROM exports e WHERE e.state = 'queued' ORDER BY e.workspace_id LIMIT 1)
        UNION ALL
        SELECT (SELECT e.workspace_id FROM exports e WHERE e.state = 'queued' AND e.workspace_id > waiting.id
          ORDER BY e.workspace_id LIMIT 1)
        FROM waiting WHERE waiting.id IS NOT NULL
      ), running AS (
        SELECT e.workspace_id AS id, count(*) FILTER (WHERE e.lease_until > clock_timestamp()) AS n
        FROM exports e WHERE e.state = 'running' GROUP BY e.workspace_id
      )
      SELECT w.id, w.max_running_exports - coalesce(running.n, 0)
      FROM (SELECT id FROM waiting UNION SELECT id FROM running) AS taking JOIN workspaces w USING (id)
      LEFT JOIN running USING (id)
      WHERE coalesce(running.n, 0) < w.max_running_exports
      ORDER BY coalesce(running.n, 0), w.last_claim_at, w.id
    $$;

  -- Takes the next export that is fair to take; of a workspace, one whose worker was lost before those that wait, and
  -- these in the order they came to wait. Claims take turns (an advisory lock for the length of this short
  -- transaction): two at once would both count the same running exports and step over a workspace's limit.
  CREATE FUNCTION claim_export(worker_name text, lease interval, max_crashes int) RETURNS SETOF exports
    LANGUAGE plpgsql
    AS $$
    DECLARE
      turn record;
      taken text;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('claim_export'));
      FOR turn IN SELECT * FROM export_turns() LOOP
        SELECT e.id INTO taken FROM exports e
        WHERE e.workspace_id = turn.workspace_id AND e.state = 'running' AND e.lease_until <= clock_timestamp()
          AND e.crashes + 1 < max_crashes
        ORDER BY e.accepted_at, e.id LIMIT 1 FOR UPDATE SKIP LOCKED;
        IF taken IS NULL THEN
          SELECT e.id INTO taken FROM exports e
          WHERE e.workspace_id = turn.workspace_id AND e.state = 'queued' AND e.not_before <= clock_timestamp()
          ORDER BY e.not_before, e.id LIMIT 1 FOR UPDATE SKIP LOCKED;
        END IF;
        CONTINUE WHEN taken IS NULL;
        UPDATE workspaces w SET last_claim_at = clock_timestamp() WHERE w.id = turn.workspace_id;
        RETURN QUERY
          UPDATE exports e
          SET crashes = e.crashes + (e.state = 'running')::int,
              state = 'running', worker = worker_name,
              -- never one that anything in the store is known to be of, though an older copy of the database came back
              epoch = 1 + greatest(e.epoch, (SELECT max(i.epoch) FROM upload_intents i WHERE i.holder = e.id)),
              lease_until = clock_timestamp() + lease, started_at = coalesce(e.started_at, clock_timestamp()),
              rows_done = 0, reason = NULL
          WHERE e.id = taken
          RETURNING e.*;
        RETURN;
      END LOOP;
    END $$;
  REVOKE EXECUTE ON FUNCTION claim_export, export_turns FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION claim_export, export_turns TO ${roles.system};
`

const filesAndMails = `
  -- Written before bytes are sent, so that whatever a lost attempt left in the store can be found and removed; and of
  -- files that left the index. No foreign key: what a holder left has to be removed though the holder is gone.
  CREATE TABLE upload_intents (
    object_key text PRIMARY KEY,
    -- exp_… or day_…, and its epoch: while that one runs, the object is its own
    holder text NOT NULL,
    epoch int NOT NULL,
    upload_id text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
    cleaned_at timestamptz
  );
  CREATE INDEX upload_intents_holder ON upload_intents (holder, epoch);
  CREATE INDEX upload_intents_oldest ON upload_intents (created_at);
  ALTER TABLE upload_intents ENABLE ROW LEVEL SECURITY;
  ALTER TABLE upload_intents FORCE ROW LEVEL SECURITY;
  ${controlTable('upload_intents')}

  CREATE TABLE archive_files (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    format text NOT NULL CHECK (format IN ('csv', 'json', 'ndjson', 'xlsx')),
    model text NOT NULL CHECK (model IN ('leads', 'records', 'funnels', 'messageUsers', 'messages')),
    -- the folder's name below the model: {slug}-{platform}-{accountId}, or all
    account_folder text NOT NULL,
    -- the public name, a path without a leading slash; not the object's key. "C": a listing walks from one folder to
    -- the next by comparing bytes, and only a column and an index of one collation find each other
    name text COLLATE "C" NOT NULL CHECK (octet_length(name) <= 512),
    -- "C": the bucket is listed in the order of bytes, and compared with the index in that order
    object_key text COLLATE "C" NOT NULL UNIQUE,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    rows bigint NOT NULL,
    day date NOT NULL,
    export_id text UNIQUE REFERENCES exports,
    -- since when the store is known to have lost the object
    missing_since timestamptz,
    -- when an operator saw to that, until it is lost anew
    dismissed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (workspace_id, id)
  );
  CREATE UNIQUE INDEX archive_files_name ON archive_files (workspace_id, format, name);
  CREATE INDEX archive_files_missing ON archive_files (missing_since) WHERE missing_since IS NOT NULL;
  CREATE INDEX archive_files_day ON archive_files (workspace_id, day, name);
  ${tenantTable('archive_files', ['SELECT'])}
  ${controlTable('archive_files')}

  CREATE TABLE mail_outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    export_id text NOT NULL REFERENCES exports,
    kind text NOT NULL CHECK (kind IN ('export_completed', 'export_failed')),
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
    attempts int NOT NULL DEFAULT 0,
    not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until timestamptz,
    -- why it waits or was given up, and what the mail server replied last
    reason text CHECK (reason IN ('mail_refused', 'mail_put_off', 'mail_server_unavailable')),
    reply int,
    -- why the export failed that it tells of: one that is tried again forgets it
    export_reason text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- since when it has been tried; an operator begins anew
    tried_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz,
    failed_at timestamptz,
    dismissed_at timestamptz,
    -- one mail per ending: an export that is tried again may fail once more
    retries int NOT NULL DEFAULT 0,
    UNIQUE (export_id, kind, retries),
    CHECK ((state = 'failed') = (failed_at IS NOT NULL))
  );
  CREATE INDEX mail_outbox_due ON mail_outbox (not_before) WHERE state IN ('queued', 'sending');
  CREATE INDEX mail_outbox_failed ON mail_outbox (failed_at DESC) WHERE state = 'failed';
  ALTER TABLE mail_outbox ENABLE ROW LEVEL SECURITY;
  ALTER TABLE mail_outbox FORCE ROW LEVEL SECURITY;
  ${controlTable('mail_outbox')}
`

const archiveDays = `
  -- The first instant of a day by the clock of a zone. Where clocks go back over midnight, 00:00 comes twice and the
  -- first one counts; where they go forward over it, the day begins with what comes instead. So an instant is of the day
  -- that a clock on the wall shows, (instant AT TIME ZONE zone)::date.
  CREATE FUNCTION local_day_start(day date, zone text) RETURNS timestamptz
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    AS $$
      SELECT coalesce(min(t), day::timestamp AT TIME ZONE zone)
      FROM generate_series(day::timestamp AT TIME ZONE zone - interval '3 hours', day::timestamp AT TIME ZONE zone,
        interval '15 minutes') t
      WHERE (t AT TIME ZONE zone)::date = day
    $$;

  -- Which days of a workspace, by its clock, have their daily archives: due -> building -> built, and due again when
  -- it is asked for anew, when something came in late, or after a fault. It is never given up.
  CREATE TABLE archive_days (
    id text PRIMARY KEY DEFAULT 'day_' || right(replace(gen_random_uuid()::text, '-', ''), 16) CHECK (id ~ '^day_[0-9a-f]{16}$'),
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    day date NOT NULL,
    state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'building', 'built')),
    -- when it was last asked for: a build that began before is not the last one
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- the fence: one higher with every claim; who holds an older one can finish nothing
    epoch int NOT NULL DEFAULT 0,
    started_at timestamptz,
    lease_until timestamptz,
    worker text,
    -- faults and lost workers since it was last built
    failures int NOT NULL DEFAULT 0,
    reason text,
    -- when an operator put its failures aside, until it is built
    dismissed_at timestamptz,
    -- of the last build
    built_at timestamptz,
    snapshot_at timestamptz,
    files int,
    rows bigint,
    UNIQUE (workspace_id, day),
    UNIQUE (workspace_id, id),
    CHECK ((state = 'building') = (lease_until IS NOT NULL)),
    CHECK (state <> 'built' OR built_at IS NOT NULL)
  );
  CREATE INDEX archive_days_open ON archive_days (day DESC) WHERE state <> 'built';
  ${tenantTable('archive_days', ['SELECT', 'INSERT', 'UPDATE'])}
  ${controlTable('archive_days', ['SELECT', 'INSERT', 'UPDATE'])}
`

const janitors = `
  -- When each janitor of the worker ran last, so that its pace holds over restarts and over many workers.
  CREATE TABLE janitors (
    name text PRIMARY KEY,
    last_started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- NULL while it runs, and when its worker was lost
    last_ended_at timestamptz,
    last_succeeded_at timestamptz,
    done bigint,
    -- why the last run that ended did not do all there was to do
    problem text
  );
  ALTER TABLE janitors ENABLE ROW LEVEL SECURITY;
  ALTER TABLE janitors FORCE ROW LEVEL SECURITY;
  ${controlTable('janitors', ['SELECT', 'INSERT', 'UPDATE'])}
`
