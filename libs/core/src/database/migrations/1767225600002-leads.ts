import type { MigrationInterface, QueryRunner } from 'typeorm'
import { roles } from '../roles.js'
import { controlTable, tenantTable } from './row-level-security.js'

/** People, conversations, funnels, and the leads and records that come out of them. */
export class Leads1767225600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(peopleAndFunnels)
    await runner.query(leadsAndRecords)
    await runner.query(conversations)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('the first migration is not taken back: drop the database'))
  }
}

const peopleAndFunnels = `
  CREATE TABLE message_users (
    id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{24}$'),
    workspace_id text NOT NULL,
    account_id text NOT NULL,
    -- the person's id on the platform
    external_id text NOT NULL,
    platform text NOT NULL,
    first_name text,
    last_name text,
    -- the stamp (time, then id) of the event that told each name, so that the latest one stays whatever comes when
    first_name_told text COLLATE "C",
    last_name_told text COLLATE "C",
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ingested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (workspace_id, id),
    UNIQUE (workspace_id, account_id, external_id),
    FOREIGN KEY (workspace_id, account_id) REFERENCES accounts (workspace_id, id)
  );
  CREATE INDEX message_users_newest ON message_users (workspace_id, created_at DESC, id DESC);
  CREATE INDEX message_users_account_newest ON message_users (workspace_id, account_id, created_at DESC, id DESC);
  ${tenantTable('message_users')}

  CREATE TABLE funnels (
    id bigint GENERATED ALWAYS AS IDENTITY,
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    name text NOT NULL CHECK (name !~ '^[0-9]+$' AND name <> '__proto__' AND length(name) BETWEEN 1 AND 200),
    interactions text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name)
  );
  ${tenantTable('funnels')}

  CREATE TABLE funnel_groups (
    id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{24}$'),
    workspace_id text NOT NULL,
    funnel_id bigint NOT NULL,
    name text NOT NULL,
    double_counting boolean NOT NULL DEFAULT false,
    -- hours without an interaction after which, with double_counting, a new record starts
    new_at int NOT NULL DEFAULT 24 CHECK (new_at > 0),
    interactions text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (workspace_id, id),
    UNIQUE (workspace_id, funnel_id, name),
    UNIQUE (workspace_id, funnel_id, id),
    FOREIGN KEY (workspace_id, funnel_id) REFERENCES funnels (workspace_id, id) ON DELETE CASCADE
  );
  ${tenantTable('funnel_groups')}
`

const leadsAndRecords = `
  CREATE TABLE leads (
    id bigint GENERATED ALWAYS AS IDENTITY,
    workspace_id text NOT NULL,
    hex text NOT NULL CHECK (hex ~ '^[0-9a-f]{16}$'),
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    -- absent for a lead that the create API made
    message_user_id text,
    name text,
    email text,
    email_lower text,
    -- filled by the create API only: settles the race between two creates of one address
    claimed_email text,
    phone text,
    source text,
    status text NOT NULL DEFAULT 'new'
      CHECK (status IN ('new', 'contacted', 'qualified', 'converted', 'lost', 'follow_up')),
    metadata jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(metadata) = 'object'),
    -- of a lead of events: what told each of its fields, and when (libs/leads, ingest)
    told jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- when the row came in, whatever time it tells of: the cut-off of exports, and the seconds in _id
    ingested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, hex),
    UNIQUE (workspace_id, claimed_email),
    UNIQUE (workspace_id, message_user_id, chatbot_id),
    FOREIGN KEY (workspace_id, chatbot_id) REFERENCES chatbots (workspace_id, id),
    FOREIGN KEY (workspace_id, account_id) REFERENCES accounts (workspace_id, id),
    FOREIGN KEY (workspace_id, message_user_id) REFERENCES message_users (workspace_id, id)
  );
  CREATE INDEX leads_newest ON leads (workspace_id, created_at DESC, id DESC);
  CREATE INDEX leads_chatbot_newest ON leads (workspace_id, chatbot_id, created_at DESC, id DESC);
  CREATE INDEX leads_account_newest ON leads (workspace_id, account_id, created_at DESC, id DESC);
  -- For a value that few leads have: on its way to them, leads_newest would be walked to its end.
  CREATE INDEX leads_status_newest ON leads (workspace_id, status, created_at DESC, id DESC);
  CREATE INDEX leads_source_newest ON leads (workspace_id, source, created_at DESC, id DESC);
  CREATE INDEX leads_email ON leads (workspace_id, email_lower);
  ${tenantTable('leads')}
  GRANT USAGE ON SEQUENCE leads_id_seq TO ${roles.app};

  -- The array [{name, cxt}] that the Chat-Tonic seed shows, as an object, so that a file can have a column a name.
  CREATE FUNCTION extra_data_object(extra_data jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT coalesce(jsonb_object_agg(e->>'name', e->'cxt'), '{}') FROM jsonb_array_elements(extra_data) e $$;

  CREATE TABLE records (
    id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{24}$'),
    workspace_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    funnel_id bigint NOT NULL,
    funnel_group_id text NOT NULL,
    lead_id bigint,
    -- the furthest interaction reached
    last text NOT NULL,
    extra_data jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(extra_data) = 'array'),
    -- what told each of these, and when (libs/leads, ingest)
    told jsonb NOT NULL DEFAULT '{}',
    extra jsonb GENERATED ALWAYS AS (extra_data_object(extra_data)) STORED,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    ingested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (workspace_id, id),
    FOREIGN KEY (workspace_id, chatbot_id) REFERENCES chatbots (workspace_id, id),
    FOREIGN KEY (workspace_id, account_id) REFERENCES accounts (workspace_id, id),
    FOREIGN KEY (workspace_id, message_user_id) REFERENCES message_users (workspace_id, id),
    FOREIGN KEY (workspace_id, funnel_id, funnel_group_id) REFERENCES funnel_groups (workspace_id, funnel_id, id),
    FOREIGN KEY (workspace_id, lead_id) REFERENCES leads (workspace_id, id) ON DELETE SET NULL (lead_id)
  );
  CREATE INDEX records_newest ON records (workspace_id, created_at DESC, id DESC);
  CREATE INDEX records_group_newest ON records (workspace_id, funnel_group_id, created_at DESC, id DESC);
  CREATE INDEX records_account_group_newest
    ON records (workspace_id, account_id, funnel_group_id, created_at DESC, id DESC);
  CREATE INDEX records_user_group ON records (workspace_id, message_user_id, funnel_group_id);
  CREATE INDEX records_lead ON records (workspace_id, lead_id);
  ${tenantTable('records')}

  -- Names of metadata (of leads) and of extra data (of records) in the order they were first seen: the
  -- flattened columns of an export. Kept by the write path; scanning for them would cost as much as the export.
  CREATE TABLE metadata_keys (
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    dataset text NOT NULL CHECK (dataset IN ('leads', 'records')),
    key text NOT NULL,
    position bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (workspace_id, dataset, key)
  );
  ${tenantTable('metadata_keys')}
`

const conversations = `
  CREATE TABLE messages (
    id bigint GENERATED ALWAYS AS IDENTITY,
    workspace_id text NOT NULL,
    occurred_at timestamptz NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    -- who wrote it: the message user or the chatbot
    sender text NOT NULL CHECK (sender IN ('user', 'bot')),
    text text,
    ingested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace_id, occurred_at, id),
    FOREIGN KEY (workspace_id, chatbot_id) REFERENCES chatbots (workspace_id, id),
    FOREIGN KEY (workspace_id, account_id) REFERENCES accounts (workspace_id, id),
    FOREIGN KEY (workspace_id, message_user_id) REFERENCES message_users (workspace_id, id)
  ) PARTITION BY RANGE (occurred_at);
  CREATE INDEX messages_user ON messages (workspace_id, message_user_id, occurred_at, id);
  CREATE INDEX messages_account_time ON messages (workspace_id, account_id, occurred_at, id);
  CREATE INDEX messages_chatbot_time ON messages (workspace_id, chatbot_id, occurred_at, id);
  ${tenantTable('messages')}

  CREATE TABLE interactions (
    id bigint GENERATED ALWAYS AS IDENTITY,
    workspace_id text NOT NULL,
    occurred_at timestamptz NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    funnel_id bigint NOT NULL,
    funnel_group_id text NOT NULL,
    interaction text NOT NULL,
    -- collected data, [{name, cxt}]
    data jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(data) = 'array'),
    ingested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace_id, occurred_at, id),
    FOREIGN KEY (workspace_id, chatbot_id) REFERENCES chatbots (workspace_id, id),
    FOREIGN KEY (workspace_id, account_id) REFERENCES accounts (workspace_id, id),
    FOREIGN KEY (workspace_id, message_user_id) REFERENCES message_users (workspace_id, id),
    FOREIGN KEY (workspace_id, funnel_id, funnel_group_id) REFERENCES funnel_groups (workspace_id, funnel_id, id)
  ) PARTITION BY RANGE (occurred_at);
  CREATE INDEX interactions_user ON interactions (workspace_id, message_user_id, occurred_at, id);
  CREATE INDEX interactions_account_time ON interactions (workspace_id, account_id, occurred_at, id);
  CREATE INDEX interactions_chatbot_time ON interactions (workspace_id, chatbot_id, occurred_at, id);
  CREATE INDEX interactions_group_time ON interactions (workspace_id, funnel_group_id, occurred_at, id);
  ${tenantTable('interactions')}

  -- What makes an event count once. A table of its own: a partitioned table can't be unique without its partition key.
  CREATE TABLE event_ids (
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    event_id text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace_id, event_id)
  );
  CREATE INDEX event_ids_received ON event_ids (received_at);
  ${tenantTable('event_ids', ['SELECT', 'INSERT'])}
  ${controlTable('event_ids', ['SELECT', 'UPDATE', 'DELETE'])}

  -- Days, by the workspace's clock, of which something came in or went away after they had ended: their archives are
  -- built anew. Whoever writes one first takes pg_advisory_xact_lock_shared(late_days_lock(workspace)), whoever takes days
  -- out the exclusive one, so that none is written by a transaction that ends after the build began.
  CREATE TABLE late_days (
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    day date NOT NULL,
    PRIMARY KEY (workspace_id, day)
  );
  CREATE FUNCTION late_days_lock(workspace_id text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT hashtextextended('late_days ' || workspace_id, 0) $$;
  ${tenantTable('late_days', ['SELECT', 'INSERT'])}
  ${controlTable('late_days', ['SELECT', 'DELETE'])}

  -- Makes the partitions of every month from one time to another (UTC months) where they are missing. Whoever writes
  -- events calls it; it runs as the owner because only the owner may create tables. A table is made and then attached,
  -- because that locks nobody out who reads; writers hold the advisory lock, shared, so that none is in between.
  CREATE FUNCTION month_partitions_lock() RETURNS bigint LANGUAGE sql IMMUTABLE
    AS $$ SELECT hashtextextended('ensure_month_partitions', 0) $$;
  CREATE FUNCTION ensure_month_partitions(since timestamptz, until timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC'
    AS $$
    DECLARE
      month timestamptz;
      parent text;
      child text;
    BEGIN
      IF since > until OR since < '2000-01-01' OR until > clock_timestamp() + interval '2 years' THEN
        RAISE EXCEPTION 'month partitions from % to % are out of range', since, until USING ERRCODE = '22023';
      END IF;
      FOR month IN SELECT generate_series(date_trunc('month', since), date_trunc('month', until), interval '1 month') LOOP
        FOREACH parent IN ARRAY ARRAY['messages', 'interactions'] LOOP
          child := parent || '_' || to_char(month, 'YYYY_MM');
          CONTINUE WHEN to_regclass(child) IS NOT NULL;
          PERFORM pg_advisory_xact_lock(month_partitions_lock());
          -- Whoever had the lock may have made it; to_regclass would still answer as it did.
          CONTINUE WHEN EXISTS (
            SELECT FROM pg_class WHERE relname = child AND relnamespace = 'public'::regnamespace);
          EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, parent);
          EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            parent, child, month, month + interval '1 month');
        END LOOP;
      END LOOP;
    END $$;
  REVOKE EXECUTE ON FUNCTION ensure_month_partitions FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION ensure_month_partitions TO ${roles.app}, ${roles.system};
  SELECT ensure_month_partitions(now() - interval '1 month', now() + interval '3 months');
`
