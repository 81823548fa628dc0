import type { MigrationInterface, QueryRunner } from 'typeorm'
import { controlTable, tenantTable } from './row-level-security.js'

/** The instance, workspaces, their keys, and what they consist of. */
export class Tenancy1767225600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Tells this database from every other one that these migrations made: the bucket is marked with it. The row
      -- comes before row-level security is forced, which would bind the owner too.
      CREATE TABLE instance (
        id text PRIMARY KEY DEFAULT 'ins_' || replace(gen_random_uuid()::text, '-', ''),
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        only_one boolean NOT NULL DEFAULT true UNIQUE CHECK (only_one)
      );
      INSERT INTO instance DEFAULT VALUES;
      ALTER TABLE instance ENABLE ROW LEVEL SECURITY;
      ALTER TABLE instance FORCE ROW LEVEL SECURITY;
      ${controlTable('instance', ['SELECT'])}

      CREATE TABLE workspaces (
        id text PRIMARY KEY CHECK (id ~ '^ws_[0-9a-f]{16}$'),
        codename text NOT NULL UNIQUE CHECK (codename ~ '^[a-z0-9_-]{1,64}$'
          AND codename NOT IN ('exports', 'leads', 'chatbots', 'get-leads', 'archive', 'admin')),
        name text NOT NULL,
        locale text NOT NULL DEFAULT 'es' CHECK (locale IN ('es', 'en')),
        time_zone text NOT NULL DEFAULT 'UTC',
        max_running_exports int NOT NULL DEFAULT 2 CHECK (max_running_exports > 0),
        max_waiting_exports int NOT NULL DEFAULT 1000 CHECK (max_waiting_exports > 0),
        retention_days int NOT NULL DEFAULT 30 CHECK (retention_days > 0),
        -- when a worker last took an export of it: whose turn it is
        last_claim_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      ${tenantTable('workspaces', ['SELECT', 'INSERT'], 'id')}
      ${controlTable('workspaces')}

      CREATE TABLE allowed_recipients (
        workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        email_lower text NOT NULL CHECK (email_lower = lower(email_lower)),
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (workspace_id, email_lower)
      );
      ${tenantTable('allowed_recipients', ['SELECT'])}
      ${controlTable('allowed_recipients')}

      -- Both kinds of token: API keys (sk-workspace_…) and app tokens (app_…). Only a hash is kept.
      CREATE TABLE api_keys (
        id text PRIMARY KEY CHECK (id ~ '^key_[0-9a-f]{16}$'),
        workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('api_key', 'app_token')),
        prefix text NOT NULL,
        hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
        owner_name text NOT NULL,
        owner_email text NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        last_used_at timestamptz,
        expires_at timestamptz,
        revoked_at timestamptz,
        UNIQUE (workspace_id, id)
      );
      CREATE INDEX api_keys_prefix ON api_keys (prefix);
      ${tenantTable('api_keys', ['SELECT'])}
      ${controlTable('api_keys')}

      CREATE TABLE chatbots (
        id text PRIMARY KEY CHECK (id ~ '^cb_[0-9a-f]{16}$'),
        workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        object_id text NOT NULL CHECK (object_id ~ '^[0-9a-f]{24}$'),
        name text NOT NULL,
        owner_user_id text NOT NULL,
        is_default boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (workspace_id, id),
        UNIQUE (workspace_id, name),
        UNIQUE (workspace_id, object_id)
      );
      CREATE UNIQUE INDEX chatbots_default ON chatbots (workspace_id) WHERE is_default;
      ${tenantTable('chatbots')}

      CREATE TABLE accounts (
        id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{24}$'),
        workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        name text NOT NULL,
        slug text NOT NULL CHECK (slug ~ '^[a-z0-9-]{1,64}$'),
        platform text NOT NULL CHECK (platform ~ '^[a-z0-9_]{1,32}$'),
        -- the account that leads without one belong to; shown as api-api-{id}
        implicit boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (workspace_id, id),
        UNIQUE (workspace_id, platform, name)
      );
      CREATE UNIQUE INDEX accounts_implicit ON accounts (workspace_id) WHERE implicit;
      ${tenantTable('accounts')}

      CREATE TABLE idempotency_keys (
        workspace_id text NOT NULL,
        api_key_id text NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        body_hash text NOT NULL,
        -- the answer: a body of JSON, or for a refusal the error's code and details
        status int NOT NULL,
        location text,
        body text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '24 hours',
        PRIMARY KEY (api_key_id, route, key),
        FOREIGN KEY (workspace_id, api_key_id) REFERENCES api_keys (workspace_id, id) ON DELETE CASCADE
      );
      CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);
      ${tenantTable('idempotency_keys')}
      ${controlTable('idempotency_keys', ['SELECT', 'DELETE'])}

      -- What each key took of its present minute, where there is no Redis. In the form that rate-limiter-flexible
      -- reads and writes; not logged, because after a crash everyone may begin a new minute.
      CREATE UNLOGGED TABLE rate_limits (
        key varchar(255) PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      );
      ALTER TABLE rate_limits ENABLE ROW LEVEL SECURITY;
      ALTER TABLE rate_limits FORCE ROW LEVEL SECURITY;
      ${controlTable('rate_limits')}
    `)
  }

  down(): Promise<void> {
    return Promise.reject(new Error('the first migration is not taken back: drop the database'))
  }
}
