-- What Leadferry 0.2.0-base left behind; made by make-release.ts. Its keys, of this database alone:
-- api_key sk-workspace_TG5nV5ERyYB9WnGvcd6DxvzNmmx6c1AH2w8V5U
-- app_token app_8WRNVkAxCqJBQNZqoz4pIx5NDN7ZCA0o3kiYIP
--
-- PostgreSQL database dump
--


-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: exports; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.exports (
    id text NOT NULL,
    workspace_id text NOT NULL,
    api_key_id text NOT NULL,
    dataset text NOT NULL,
    format text NOT NULL,
    gzip boolean DEFAULT false NOT NULL,
    filter jsonb NOT NULL,
    options jsonb NOT NULL,
    request_hash text NOT NULL,
    recipient_name text NOT NULL,
    recipient_email text NOT NULL,
    locale text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    accepted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    not_before timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    epoch integer DEFAULT 0 NOT NULL,
    lease_until timestamp with time zone,
    worker text,
    crashes integer DEFAULT 0 NOT NULL,
    deferrals integer DEFAULT 0 NOT NULL,
    retries integer DEFAULT 0 NOT NULL,
    tried_since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    started_at timestamp with time zone,
    snapshot_at timestamp with time zone,
    finished_at timestamp with time zone,
    expires_at timestamp with time zone,
    rows_done bigint DEFAULT 0 NOT NULL,
    truncated_cells bigint DEFAULT 0 NOT NULL,
    bytes bigint,
    sha256 text,
    object_key text,
    archive_name text,
    reason text,
    dismissed_at timestamp with time zone,
    link_version integer DEFAULT 1 NOT NULL,
    traceparent text,
    CONSTRAINT exports_check CHECK (((state = 'running'::text) = (lease_until IS NOT NULL))),
    CONSTRAINT exports_check1 CHECK (((state <> 'completed'::text) OR ((bytes IS NOT NULL) AND (sha256 IS NOT NULL) AND (object_key IS NOT NULL)))),
    CONSTRAINT exports_dataset_check CHECK ((dataset = ANY (ARRAY['leads'::text, 'records'::text, 'funnels'::text, 'messageUsers'::text, 'messages'::text]))),
    CONSTRAINT exports_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'json'::text, 'ndjson'::text, 'xlsx'::text]))),
    CONSTRAINT exports_id_check CHECK ((id ~ '^exp_[0-9a-f]{16}$'::text)),
    CONSTRAINT exports_locale_check CHECK ((locale = ANY (ARRAY['es'::text, 'en'::text]))),
    CONSTRAINT exports_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text, 'cancelled'::text, 'expired'::text])))
);

ALTER TABLE ONLY public.exports FORCE ROW LEVEL SECURITY;


ALTER TABLE public.exports OWNER TO leadferry_owner;

--
-- Name: accept_export(jsonb, boolean); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.accept_export(request jsonb, join_in_flight boolean) RETURNS SETOF public.exports
    LANGUAGE plpgsql
    AS $$
    DECLARE
      asked CONSTANT exports := jsonb_populate_record(NULL::exports, request);
    BEGIN
      PERFORM wait_in_turn(asked.workspace_id);
      IF join_in_flight THEN
        RETURN QUERY
          SELECT * FROM exports e
          WHERE e.workspace_id = asked.workspace_id AND e.request_hash = asked.request_hash
            AND e.state IN ('queued', 'running')
          ORDER BY e.accepted_at LIMIT 1;
        IF FOUND THEN RETURN; END IF;
      END IF;
      IF NOT room_to_wait(asked.workspace_id) THEN RETURN; END IF;
      RETURN QUERY
        INSERT INTO exports (id, workspace_id, api_key_id, dataset, format, gzip, filter, options, request_hash, recipient_name, recipient_email, locale, traceparent)
        VALUES (asked.id, asked.workspace_id, asked.api_key_id, asked.dataset, asked.format, asked.gzip, asked.filter, asked.options, asked.request_hash, asked.recipient_name, asked.recipient_email, asked.locale, asked.traceparent)
        RETURNING *;
    END $$;


ALTER FUNCTION public.accept_export(request jsonb, join_in_flight boolean) OWNER TO leadferry_owner;

--
-- Name: claim_export(text, interval, integer); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.claim_export(worker_name text, lease interval, max_crashes integer) RETURNS SETOF public.exports
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


ALTER FUNCTION public.claim_export(worker_name text, lease interval, max_crashes integer) OWNER TO leadferry_owner;

--
-- Name: ensure_month_partitions(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.ensure_month_partitions(since timestamp with time zone, until timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
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


ALTER FUNCTION public.ensure_month_partitions(since timestamp with time zone, until timestamp with time zone) OWNER TO leadferry_owner;

--
-- Name: export_turns(); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.export_turns() RETURNS TABLE(workspace_id text, slots bigint)
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


ALTER FUNCTION public.export_turns() OWNER TO leadferry_owner;

--
-- Name: extra_data_object(jsonb); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.extra_data_object(extra_data jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT coalesce(jsonb_object_agg(e->>'name', e->'cxt'), '{}') FROM jsonb_array_elements(extra_data) e $$;


ALTER FUNCTION public.extra_data_object(extra_data jsonb) OWNER TO leadferry_owner;

--
-- Name: late_days_lock(text); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.late_days_lock(workspace_id text) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT hashtextextended('late_days ' || workspace_id, 0) $$;


ALTER FUNCTION public.late_days_lock(workspace_id text) OWNER TO leadferry_owner;

--
-- Name: local_day_start(date, text); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.local_day_start(day date, zone text) RETURNS timestamp with time zone
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    AS $$
      SELECT coalesce(min(t), day::timestamp AT TIME ZONE zone)
      FROM generate_series(day::timestamp AT TIME ZONE zone - interval '3 hours', day::timestamp AT TIME ZONE zone,
        interval '15 minutes') t
      WHERE (t AT TIME ZONE zone)::date = day
    $$;


ALTER FUNCTION public.local_day_start(day date, zone text) OWNER TO leadferry_owner;

--
-- Name: month_partitions_lock(); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.month_partitions_lock() RETURNS bigint
    LANGUAGE sql IMMUTABLE
    AS $$ SELECT hashtextextended('ensure_month_partitions', 0) $$;


ALTER FUNCTION public.month_partitions_lock() OWNER TO leadferry_owner;

--
-- Name: room_to_wait(text); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.room_to_wait(workspace text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
      SELECT (SELECT count(*) FROM exports e WHERE e.workspace_id = w.id AND e.state = 'queued') < w.max_waiting_exports
      FROM workspaces w WHERE w.id = workspace
    $$;


ALTER FUNCTION public.room_to_wait(workspace text) OWNER TO leadferry_owner;

--
-- Name: wait_in_turn(text); Type: FUNCTION; Schema: public; Owner: leadferry_owner
--

CREATE FUNCTION public.wait_in_turn(workspace text) RETURNS void
    LANGUAGE sql
    AS $$ SELECT pg_advisory_xact_lock(hashtextextended('accept ' || workspace, 0)) $$;


ALTER FUNCTION public.wait_in_turn(workspace text) OWNER TO leadferry_owner;

--
-- Name: accounts; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.accounts (
    id text NOT NULL,
    workspace_id text NOT NULL,
    name text NOT NULL,
    slug text NOT NULL,
    platform text NOT NULL,
    implicit boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT accounts_id_check CHECK ((id ~ '^[0-9a-f]{24}$'::text)),
    CONSTRAINT accounts_platform_check CHECK ((platform ~ '^[a-z0-9_]{1,32}$'::text)),
    CONSTRAINT accounts_slug_check CHECK ((slug ~ '^[a-z0-9-]{1,64}$'::text))
);

ALTER TABLE ONLY public.accounts FORCE ROW LEVEL SECURITY;


ALTER TABLE public.accounts OWNER TO leadferry_owner;

--
-- Name: allowed_recipients; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.allowed_recipients (
    workspace_id text NOT NULL,
    email_lower text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT allowed_recipients_email_lower_check CHECK ((email_lower = lower(email_lower)))
);

ALTER TABLE ONLY public.allowed_recipients FORCE ROW LEVEL SECURITY;


ALTER TABLE public.allowed_recipients OWNER TO leadferry_owner;

--
-- Name: api_keys; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.api_keys (
    id text NOT NULL,
    workspace_id text NOT NULL,
    kind text NOT NULL,
    prefix text NOT NULL,
    hash bytea NOT NULL,
    owner_name text NOT NULL,
    owner_email text NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_used_at timestamp with time zone,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_keys_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT api_keys_id_check CHECK ((id ~ '^key_[0-9a-f]{16}$'::text)),
    CONSTRAINT api_keys_kind_check CHECK ((kind = ANY (ARRAY['api_key'::text, 'app_token'::text])))
);

ALTER TABLE ONLY public.api_keys FORCE ROW LEVEL SECURITY;


ALTER TABLE public.api_keys OWNER TO leadferry_owner;

--
-- Name: archive_days; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.archive_days (
    id text DEFAULT ('day_'::text || "right"(replace((gen_random_uuid())::text, '-'::text, ''::text), 16)) NOT NULL,
    workspace_id text NOT NULL,
    day date NOT NULL,
    state text DEFAULT 'due'::text NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    not_before timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    epoch integer DEFAULT 0 NOT NULL,
    started_at timestamp with time zone,
    lease_until timestamp with time zone,
    worker text,
    failures integer DEFAULT 0 NOT NULL,
    reason text,
    dismissed_at timestamp with time zone,
    built_at timestamp with time zone,
    snapshot_at timestamp with time zone,
    files integer,
    rows bigint,
    CONSTRAINT archive_days_check CHECK (((state = 'building'::text) = (lease_until IS NOT NULL))),
    CONSTRAINT archive_days_check1 CHECK (((state <> 'built'::text) OR (built_at IS NOT NULL))),
    CONSTRAINT archive_days_id_check CHECK ((id ~ '^day_[0-9a-f]{16}$'::text)),
    CONSTRAINT archive_days_state_check CHECK ((state = ANY (ARRAY['due'::text, 'building'::text, 'built'::text])))
);

ALTER TABLE ONLY public.archive_days FORCE ROW LEVEL SECURITY;


ALTER TABLE public.archive_days OWNER TO leadferry_owner;

--
-- Name: archive_files; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.archive_files (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    format text NOT NULL,
    model text NOT NULL,
    account_folder text NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    object_key text NOT NULL COLLATE pg_catalog."C",
    size bigint NOT NULL,
    sha256 text NOT NULL,
    rows bigint NOT NULL,
    day date NOT NULL,
    export_id text,
    missing_since timestamp with time zone,
    dismissed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT archive_files_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'json'::text, 'ndjson'::text, 'xlsx'::text]))),
    CONSTRAINT archive_files_model_check CHECK ((model = ANY (ARRAY['leads'::text, 'records'::text, 'funnels'::text, 'messageUsers'::text, 'messages'::text]))),
    CONSTRAINT archive_files_name_check CHECK ((octet_length(name) <= 512))
);

ALTER TABLE ONLY public.archive_files FORCE ROW LEVEL SECURITY;


ALTER TABLE public.archive_files OWNER TO leadferry_owner;

--
-- Name: archive_files_id_seq; Type: SEQUENCE; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.archive_files ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.archive_files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: chatbots; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.chatbots (
    id text NOT NULL,
    workspace_id text NOT NULL,
    object_id text NOT NULL,
    name text NOT NULL,
    owner_user_id text NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT chatbots_id_check CHECK ((id ~ '^cb_[0-9a-f]{16}$'::text)),
    CONSTRAINT chatbots_object_id_check CHECK ((object_id ~ '^[0-9a-f]{24}$'::text))
);

ALTER TABLE ONLY public.chatbots FORCE ROW LEVEL SECURITY;


ALTER TABLE public.chatbots OWNER TO leadferry_owner;

--
-- Name: event_ids; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.event_ids (
    workspace_id text NOT NULL,
    event_id text NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE ONLY public.event_ids FORCE ROW LEVEL SECURITY;


ALTER TABLE public.event_ids OWNER TO leadferry_owner;

--
-- Name: funnel_groups; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.funnel_groups (
    id text NOT NULL,
    workspace_id text NOT NULL,
    funnel_id bigint NOT NULL,
    name text NOT NULL,
    double_counting boolean DEFAULT false NOT NULL,
    new_at integer DEFAULT 24 NOT NULL,
    interactions text[] NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT funnel_groups_id_check CHECK ((id ~ '^[0-9a-f]{24}$'::text)),
    CONSTRAINT funnel_groups_new_at_check CHECK ((new_at > 0))
);

ALTER TABLE ONLY public.funnel_groups FORCE ROW LEVEL SECURITY;


ALTER TABLE public.funnel_groups OWNER TO leadferry_owner;

--
-- Name: funnels; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.funnels (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    name text NOT NULL,
    interactions text[] NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT funnels_name_check CHECK (((name !~ '^[0-9]+$'::text) AND (name <> '__proto__'::text) AND ((length(name) >= 1) AND (length(name) <= 200))))
);

ALTER TABLE ONLY public.funnels FORCE ROW LEVEL SECURITY;


ALTER TABLE public.funnels OWNER TO leadferry_owner;

--
-- Name: funnels_id_seq; Type: SEQUENCE; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.funnels ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.funnels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: idempotency_keys; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.idempotency_keys (
    workspace_id text NOT NULL,
    api_key_id text NOT NULL,
    route text NOT NULL,
    key text NOT NULL,
    body_hash text NOT NULL,
    status integer NOT NULL,
    location text,
    body text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone DEFAULT (clock_timestamp() + '24:00:00'::interval) NOT NULL
);

ALTER TABLE ONLY public.idempotency_keys FORCE ROW LEVEL SECURITY;


ALTER TABLE public.idempotency_keys OWNER TO leadferry_owner;

--
-- Name: instance; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.instance (
    id text DEFAULT ('ins_'::text || replace((gen_random_uuid())::text, '-'::text, ''::text)) NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    only_one boolean DEFAULT true NOT NULL,
    CONSTRAINT instance_only_one_check CHECK (only_one)
);

ALTER TABLE ONLY public.instance FORCE ROW LEVEL SECURITY;


ALTER TABLE public.instance OWNER TO leadferry_owner;

--
-- Name: interactions; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.interactions (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    funnel_id bigint NOT NULL,
    funnel_group_id text NOT NULL,
    interaction text NOT NULL,
    data jsonb DEFAULT '[]'::jsonb NOT NULL,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT interactions_data_check CHECK ((jsonb_typeof(data) = 'array'::text))
)
PARTITION BY RANGE (occurred_at);

ALTER TABLE ONLY public.interactions FORCE ROW LEVEL SECURITY;


ALTER TABLE public.interactions OWNER TO leadferry_owner;

--
-- Name: interactions_2026_10; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.interactions_2026_10 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    funnel_id bigint NOT NULL,
    funnel_group_id text NOT NULL,
    interaction text NOT NULL,
    data jsonb DEFAULT '[]'::jsonb NOT NULL,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT interactions_data_check CHECK ((jsonb_typeof(data) = 'array'::text))
);


ALTER TABLE public.interactions_2026_10 OWNER TO leadferry_owner;

--
-- Name: interactions_2026_11; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.interactions_2026_11 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    funnel_id bigint NOT NULL,
    funnel_group_id text NOT NULL,
    interaction text NOT NULL,
    data jsonb DEFAULT '[]'::jsonb NOT NULL,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT interactions_data_check CHECK ((jsonb_typeof(data) = 'array'::text))
);


ALTER TABLE public.interactions_2026_11 OWNER TO leadferry_owner;

--
-- Name: interactions_2026_12; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.interactions_2026_12 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    funnel_id bigint NOT NULL,
    funnel_group_id text NOT NULL,
    interaction text NOT NULL,
    data jsonb DEFAULT '[]'::jsonb NOT NULL,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT interactions_data_check CHECK ((jsonb_typeof(data) = 'array'::text))
);


ALTER TABLE public.interactions_2026_12 OWNER TO leadferry_owner;

--
-- Name: interactions_2027_01; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.interactions_2027_01 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    funnel_id bigint NOT NULL,
    funnel_group_id text NOT NULL,
    interaction text NOT NULL,
    data jsonb DEFAULT '[]'::jsonb NOT NULL,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT interactions_data_check CHECK ((jsonb_typeof(data) = 'array'::text))
);


ALTER TABLE public.interactions_2027_01 OWNER TO leadferry_owner;

--
-- Name: interactions_2027_02; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.interactions_2027_02 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    funnel_id bigint NOT NULL,
    funnel_group_id text NOT NULL,
    interaction text NOT NULL,
    data jsonb DEFAULT '[]'::jsonb NOT NULL,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT interactions_data_check CHECK ((jsonb_typeof(data) = 'array'::text))
);


ALTER TABLE public.interactions_2027_02 OWNER TO leadferry_owner;

--
-- Name: interactions_id_seq; Type: SEQUENCE; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.interactions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.interactions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: janitors; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.janitors (
    name text NOT NULL,
    last_started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_ended_at timestamp with time zone,
    last_succeeded_at timestamp with time zone,
    done bigint,
    problem text
);

ALTER TABLE ONLY public.janitors FORCE ROW LEVEL SECURITY;


ALTER TABLE public.janitors OWNER TO leadferry_owner;

--
-- Name: late_days; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.late_days (
    workspace_id text NOT NULL,
    day date NOT NULL
);

ALTER TABLE ONLY public.late_days FORCE ROW LEVEL SECURITY;


ALTER TABLE public.late_days OWNER TO leadferry_owner;

--
-- Name: leads; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.leads (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    hex text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text,
    name text,
    email text,
    email_lower text,
    claimed_email text,
    phone text,
    source text,
    status text DEFAULT 'new'::text NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    told jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT leads_hex_check CHECK ((hex ~ '^[0-9a-f]{16}$'::text)),
    CONSTRAINT leads_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT leads_status_check CHECK ((status = ANY (ARRAY['new'::text, 'contacted'::text, 'qualified'::text, 'converted'::text, 'lost'::text, 'follow_up'::text])))
);

ALTER TABLE ONLY public.leads FORCE ROW LEVEL SECURITY;


ALTER TABLE public.leads OWNER TO leadferry_owner;

--
-- Name: leads_id_seq; Type: SEQUENCE; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.leads ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.leads_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: mail_outbox; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.mail_outbox (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    export_id text NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    not_before timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    lease_until timestamp with time zone,
    reason text,
    reply integer,
    export_reason text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    tried_since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sent_at timestamp with time zone,
    failed_at timestamp with time zone,
    dismissed_at timestamp with time zone,
    retries integer DEFAULT 0 NOT NULL,
    CONSTRAINT mail_outbox_check CHECK (((state = 'failed'::text) = (failed_at IS NOT NULL))),
    CONSTRAINT mail_outbox_kind_check CHECK ((kind = ANY (ARRAY['export_completed'::text, 'export_failed'::text]))),
    CONSTRAINT mail_outbox_reason_check CHECK ((reason = ANY (ARRAY['mail_refused'::text, 'mail_put_off'::text, 'mail_server_unavailable'::text]))),
    CONSTRAINT mail_outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.mail_outbox FORCE ROW LEVEL SECURITY;


ALTER TABLE public.mail_outbox OWNER TO leadferry_owner;

--
-- Name: mail_outbox_id_seq; Type: SEQUENCE; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.mail_outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.mail_outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: message_users; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.message_users (
    id text NOT NULL,
    workspace_id text NOT NULL,
    account_id text NOT NULL,
    external_id text NOT NULL,
    platform text NOT NULL,
    first_name text,
    last_name text,
    first_name_told text COLLATE pg_catalog."C",
    last_name_told text COLLATE pg_catalog."C",
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT message_users_id_check CHECK ((id ~ '^[0-9a-f]{24}$'::text))
);

ALTER TABLE ONLY public.message_users FORCE ROW LEVEL SECURITY;


ALTER TABLE public.message_users OWNER TO leadferry_owner;

--
-- Name: messages; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.messages (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    sender text NOT NULL,
    text text,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT messages_sender_check CHECK ((sender = ANY (ARRAY['user'::text, 'bot'::text])))
)
PARTITION BY RANGE (occurred_at);

ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;


ALTER TABLE public.messages OWNER TO leadferry_owner;

--
-- Name: messages_2026_10; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.messages_2026_10 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    sender text NOT NULL,
    text text,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT messages_sender_check CHECK ((sender = ANY (ARRAY['user'::text, 'bot'::text])))
);


ALTER TABLE public.messages_2026_10 OWNER TO leadferry_owner;

--
-- Name: messages_2026_11; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.messages_2026_11 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    sender text NOT NULL,
    text text,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT messages_sender_check CHECK ((sender = ANY (ARRAY['user'::text, 'bot'::text])))
);


ALTER TABLE public.messages_2026_11 OWNER TO leadferry_owner;

--
-- Name: messages_2026_12; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.messages_2026_12 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    sender text NOT NULL,
    text text,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT messages_sender_check CHECK ((sender = ANY (ARRAY['user'::text, 'bot'::text])))
);


ALTER TABLE public.messages_2026_12 OWNER TO leadferry_owner;

--
-- Name: messages_2027_01; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.messages_2027_01 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    sender text NOT NULL,
    text text,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT messages_sender_check CHECK ((sender = ANY (ARRAY['user'::text, 'bot'::text])))
);


ALTER TABLE public.messages_2027_01 OWNER TO leadferry_owner;

--
-- Name: messages_2027_02; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.messages_2027_02 (
    id bigint NOT NULL,
    workspace_id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    event_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    sender text NOT NULL,
    text text,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT messages_sender_check CHECK ((sender = ANY (ARRAY['user'::text, 'bot'::text])))
);


ALTER TABLE public.messages_2027_02 OWNER TO leadferry_owner;

--
-- Name: messages_id_seq; Type: SEQUENCE; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.messages ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.messages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: metadata_keys; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.metadata_keys (
    workspace_id text NOT NULL,
    dataset text NOT NULL,
    key text NOT NULL,
    "position" bigint NOT NULL,
    CONSTRAINT metadata_keys_dataset_check CHECK ((dataset = ANY (ARRAY['leads'::text, 'records'::text])))
);

ALTER TABLE ONLY public.metadata_keys FORCE ROW LEVEL SECURITY;


ALTER TABLE public.metadata_keys OWNER TO leadferry_owner;

--
-- Name: metadata_keys_position_seq; Type: SEQUENCE; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.metadata_keys ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.metadata_keys_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: migrations; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.migrations (
    id integer NOT NULL,
    "timestamp" bigint NOT NULL,
    name character varying NOT NULL
);


ALTER TABLE public.migrations OWNER TO leadferry_owner;

--
-- Name: migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: leadferry_owner
--

CREATE SEQUENCE public.migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.migrations_id_seq OWNER TO leadferry_owner;

--
-- Name: migrations_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: leadferry_owner
--

ALTER SEQUENCE public.migrations_id_seq OWNED BY public.migrations.id;


--
-- Name: rate_limits; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE UNLOGGED TABLE public.rate_limits (
    key character varying(255) NOT NULL,
    points integer DEFAULT 0 NOT NULL,
    expire bigint
);

ALTER TABLE ONLY public.rate_limits FORCE ROW LEVEL SECURITY;


ALTER TABLE public.rate_limits OWNER TO leadferry_owner;

--
-- Name: records; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.records (
    id text NOT NULL,
    workspace_id text NOT NULL,
    chatbot_id text NOT NULL,
    account_id text NOT NULL,
    message_user_id text NOT NULL,
    funnel_id bigint NOT NULL,
    funnel_group_id text NOT NULL,
    lead_id bigint,
    last text NOT NULL,
    extra_data jsonb DEFAULT '[]'::jsonb NOT NULL,
    told jsonb DEFAULT '{}'::jsonb NOT NULL,
    extra jsonb GENERATED ALWAYS AS (public.extra_data_object(extra_data)) STORED,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    ingested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT records_extra_data_check CHECK ((jsonb_typeof(extra_data) = 'array'::text)),
    CONSTRAINT records_id_check CHECK ((id ~ '^[0-9a-f]{24}$'::text))
);

ALTER TABLE ONLY public.records FORCE ROW LEVEL SECURITY;


ALTER TABLE public.records OWNER TO leadferry_owner;

--
-- Name: upload_intents; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.upload_intents (
    object_key text NOT NULL,
    holder text NOT NULL,
    epoch integer NOT NULL,
    upload_id text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    not_before timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    cleaned_at timestamp with time zone
);

ALTER TABLE ONLY public.upload_intents FORCE ROW LEVEL SECURITY;


ALTER TABLE public.upload_intents OWNER TO leadferry_owner;

--
-- Name: workspaces; Type: TABLE; Schema: public; Owner: leadferry_owner
--

CREATE TABLE public.workspaces (
    id text NOT NULL,
    codename text NOT NULL,
    name text NOT NULL,
    locale text DEFAULT 'es'::text NOT NULL,
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    max_running_exports integer DEFAULT 2 NOT NULL,
    max_waiting_exports integer DEFAULT 1000 NOT NULL,
    retention_days integer DEFAULT 30 NOT NULL,
    last_claim_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT workspaces_codename_check CHECK (((codename ~ '^[a-z0-9_-]{1,64}$'::text) AND (codename <> ALL (ARRAY['exports'::text, 'leads'::text, 'chatbots'::text, 'get-leads'::text, 'archive'::text, 'admin'::text])))),
    CONSTRAINT workspaces_id_check CHECK ((id ~ '^ws_[0-9a-f]{16}$'::text)),
    CONSTRAINT workspaces_locale_check CHECK ((locale = ANY (ARRAY['es'::text, 'en'::text]))),
    CONSTRAINT workspaces_max_running_exports_check CHECK ((max_running_exports > 0)),
    CONSTRAINT workspaces_max_waiting_exports_check CHECK ((max_waiting_exports > 0)),
    CONSTRAINT workspaces_retention_days_check CHECK ((retention_days > 0))
);

ALTER TABLE ONLY public.workspaces FORCE ROW LEVEL SECURITY;


ALTER TABLE public.workspaces OWNER TO leadferry_owner;

--
-- Name: interactions_2026_10; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions ATTACH PARTITION public.interactions_2026_10 FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');


--
-- Name: interactions_2026_11; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions ATTACH PARTITION public.interactions_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');


--
-- Name: interactions_2026_12; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions ATTACH PARTITION public.interactions_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');


--
-- Name: interactions_2027_01; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions ATTACH PARTITION public.interactions_2027_01 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');


--
-- Name: interactions_2027_02; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions ATTACH PARTITION public.interactions_2027_02 FOR VALUES FROM ('2027-02-01 00:00:00+00') TO ('2027-03-01 00:00:00+00');


--
-- Name: messages_2026_10; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages ATTACH PARTITION public.messages_2026_10 FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');


--
-- Name: messages_2026_11; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages ATTACH PARTITION public.messages_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');


--
-- Name: messages_2026_12; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages ATTACH PARTITION public.messages_2026_12 FOR VALUES FROM ('2026-12-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');


--
-- Name: messages_2027_01; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages ATTACH PARTITION public.messages_2027_01 FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');


--
-- Name: messages_2027_02; Type: TABLE ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages ATTACH PARTITION public.messages_2027_02 FOR VALUES FROM ('2027-02-01 00:00:00+00') TO ('2027-03-01 00:00:00+00');


--
-- Name: migrations id; Type: DEFAULT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.migrations ALTER COLUMN id SET DEFAULT nextval('public.migrations_id_seq'::regclass);


--
-- Data for Name: accounts; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.accounts OVERRIDING SYSTEM VALUE VALUES
	('6b0d78efe88adbae17e298c8', 'ws_9d8c1be61e2e2a46', 'API', 'api', 'api', true, '2026-11-30 13:23:59.908536+00'),
	('6b0d78fab3c5583020f7b94c', 'ws_9d8c1be61e2e2a46', 'Mi página', 'mi-pagina', 'messenger', false, '2026-11-30 13:24:10.205728+00');


--
-- Data for Name: allowed_recipients; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: api_keys; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.api_keys OVERRIDING SYSTEM VALUE VALUES
	('key_918686026c2fef70', 'ws_9d8c1be61e2e2a46', 'app_token', 'app_8WRN', '\x9be50e28ff52066623d5a9747ef4a5e8a637f597d9f070fbc2222d9d6a4dd1bf', 'Ana Peña', 'ana@example.com', '{archives:read}', '2026-11-30 13:24:06.744259+00', NULL, NULL, NULL),
	('key_b5fd52e8b8e45721', 'ws_9d8c1be61e2e2a46', 'api_key', 'sk-workspace_TG5n', '\x9d8c8a1911ac0db87671cee7137a8907f6d829a71881ac87e33b0ea379c3d665', 'Ana Peña', 'ana@example.com', '{leads:read,leads:write,events:write,exports:read,exports:write,archives:read}', '2026-11-30 13:24:05.162893+00', '2026-11-30 13:24:12.007665+00', NULL, NULL);


--
-- Data for Name: archive_days; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.archive_days OVERRIDING SYSTEM VALUE VALUES
	('day_847c1ea9b5a84a4b', 'ws_9d8c1be61e2e2a46', '2026-11-29', 'built', '2026-11-30 13:24:10.519015+00', '2026-11-30 13:24:10.519001+00', 1, '2026-11-30 13:24:10.607463+00', NULL, 'vm:11056:30dfb28c2f9227af', 0, NULL, NULL, '2026-11-30 13:24:10.713582+00', '2026-11-30 13:24:10.618+00', 2, 12),
	('day_862244adf2e5b48f', 'ws_9d8c1be61e2e2a46', '2026-11-28', 'built', '2026-11-30 13:24:10.518403+00', '2026-11-30 13:24:10.518365+00', 1, '2026-11-30 13:24:10.726568+00', NULL, 'vm:11056:30dfb28c2f9227af', 0, NULL, NULL, '2026-11-30 13:24:10.832882+00', '2026-11-30 13:24:10.727+00', 4, 14);


--
-- Data for Name: archive_files; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.archive_files OVERRIDING SYSTEM VALUE VALUES
	(1, 'ws_9d8c1be61e2e2a46', 'csv', 'leads', 'all', 'exports/all/2026-11-30-exp_5778d4c4a03c8eeb.csv.gz', 'exp_5778d4c4a03c8eeb-1/archive/acme/csv/exports/all/2026-11-30-exp_5778d4c4a03c8eeb.csv.gz', 714, 'cf751b95265792511a7a9e8547fa0d2d7c83b65846dc102763f158b64fa72f56', 9, '2026-11-30', 'exp_5778d4c4a03c8eeb', NULL, NULL, '2026-11-30 13:24:10.42139+00'),
	(2, 'ws_9d8c1be61e2e2a46', 'xlsx', 'records', 'all', 'exports/all/2026-11-30-exp_fe8db1890cd9d73d.xlsx', 'exp_fe8db1890cd9d73d-1/archive/acme/xlsx/exports/all/2026-11-30-exp_fe8db1890cd9d73d.xlsx', 3419, '8ac11313df54e309609e0cde0aff56c0ecbfb39686b33c643fe77f959200120f', 3, '2026-11-30', 'exp_fe8db1890cd9d73d', NULL, NULL, '2026-11-30 13:24:10.600981+00'),
	(3, 'ws_9d8c1be61e2e2a46', 'csv', 'funnels', 'mi-pagina-messenger-6b0d78fab3c5583020f7b94c', 'funnels/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-29.zip', 'day_847c1ea9b5a84a4b-1/archive/acme/csv/funnels/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-29.zip', 519, 'd746d7f876b5bbb6a6c1bd5382a7f2930ddfce693d3141ad1b231d82630cb7a2', 6, '2026-11-29', NULL, NULL, NULL, '2026-11-30 13:24:10.713833+00'),
	(4, 'ws_9d8c1be61e2e2a46', 'csv', 'messages', 'mi-pagina-messenger-6b0d78fab3c5583020f7b94c', 'messages/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-29.zip', 'day_847c1ea9b5a84a4b-1/archive/acme/csv/messages/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-29.zip', 482, '2ad9ae54d751db74fedd758459afadc745490f7eb67bf5c6d6e93e9348e0b732', 6, '2026-11-29', NULL, NULL, NULL, '2026-11-30 13:24:10.713916+00'),
	(5, 'ws_9d8c1be61e2e2a46', 'csv', 'funnels', 'mi-pagina-messenger-6b0d78fab3c5583020f7b94c', 'funnels/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-28.zip', 'day_862244adf2e5b48f-1/archive/acme/csv/funnels/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-28.zip', 489, '46f53f2dea668f0443c523e7ff65dd0842d7fdb3b0a6e340aec7ed7dea048076', 4, '2026-11-28', NULL, NULL, NULL, '2026-11-30 13:24:10.833009+00'),
	(6, 'ws_9d8c1be61e2e2a46', 'csv', 'leads', 'mi-pagina-messenger-6b0d78fab3c5583020f7b94c', 'leads/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-28.zip', 'day_862244adf2e5b48f-1/archive/acme/csv/leads/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-28.zip', 575, '00647aa41f7262feaa3b48b4cf4926a70ab60b944ef51ef6efbe1b510b5ee60c', 3, '2026-11-28', NULL, NULL, NULL, '2026-11-30 13:24:10.833054+00'),
	(7, 'ws_9d8c1be61e2e2a46', 'csv', 'messageUsers', 'mi-pagina-messenger-6b0d78fab3c5583020f7b94c', 'messageUsers/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-28.zip', 'day_862244adf2e5b48f-1/archive/acme/csv/messageUsers/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-28.zip', 393, '958419f7d06c6fbe72ac4b830f7236076ec4549982591b4d82b483e82919f17a', 3, '2026-11-28', NULL, NULL, NULL, '2026-11-30 13:24:10.833064+00'),
	(8, 'ws_9d8c1be61e2e2a46', 'csv', 'messages', 'mi-pagina-messenger-6b0d78fab3c5583020f7b94c', 'messages/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-28.zip', 'day_862244adf2e5b48f-1/archive/acme/csv/messages/mi-pagina-messenger-6b0d78fab3c5583020f7b94c/2026-11-28.zip', 453, '7e723a8902ff8c473ce48c55319d202343c105ae2f172a32cae295436f1e3f17', 4, '2026-11-28', NULL, NULL, NULL, '2026-11-30 13:24:10.833072+00');


--
-- Data for Name: chatbots; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.chatbots OVERRIDING SYSTEM VALUE VALUES
	('cb_811433bfa2da9685', 'ws_9d8c1be61e2e2a46', '6b0d78f16c02f0fccf66b304', 'asistente', 'u-1', true, '2026-11-30 13:24:01.653016+00');


--
-- Data for Name: event_ids; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.event_ids OVERRIDING SYSTEM VALUE VALUES
	('ws_9d8c1be61e2e2a46', 'evt-0', '2026-11-30 13:24:10.199009+00'),
	('ws_9d8c1be61e2e2a46', 'evt-1', '2026-11-30 13:24:10.199476+00'),
	('ws_9d8c1be61e2e2a46', 'evt-10', '2026-11-30 13:24:10.199492+00'),
	('ws_9d8c1be61e2e2a46', 'evt-11', '2026-11-30 13:24:10.199497+00'),
	('ws_9d8c1be61e2e2a46', 'evt-12', '2026-11-30 13:24:10.199503+00'),
	('ws_9d8c1be61e2e2a46', 'evt-13', '2026-11-30 13:24:10.19951+00'),
	('ws_9d8c1be61e2e2a46', 'evt-14', '2026-11-30 13:24:10.199515+00'),
	('ws_9d8c1be61e2e2a46', 'evt-15', '2026-11-30 13:24:10.19952+00'),
	('ws_9d8c1be61e2e2a46', 'evt-16', '2026-11-30 13:24:10.199526+00'),
	('ws_9d8c1be61e2e2a46', 'evt-17', '2026-11-30 13:24:10.199531+00'),
	('ws_9d8c1be61e2e2a46', 'evt-18', '2026-11-30 13:24:10.199537+00'),
	('ws_9d8c1be61e2e2a46', 'evt-19', '2026-11-30 13:24:10.199542+00'),
	('ws_9d8c1be61e2e2a46', 'evt-2', '2026-11-30 13:24:10.199547+00'),
	('ws_9d8c1be61e2e2a46', 'evt-20', '2026-11-30 13:24:10.199552+00'),
	('ws_9d8c1be61e2e2a46', 'evt-21', '2026-11-30 13:24:10.199558+00'),
	('ws_9d8c1be61e2e2a46', 'evt-22', '2026-11-30 13:24:10.199563+00'),
	('ws_9d8c1be61e2e2a46', 'evt-23', '2026-11-30 13:24:10.199569+00'),
	('ws_9d8c1be61e2e2a46', 'evt-3', '2026-11-30 13:24:10.199574+00'),
	('ws_9d8c1be61e2e2a46', 'evt-4', '2026-11-30 13:24:10.199579+00'),
	('ws_9d8c1be61e2e2a46', 'evt-5', '2026-11-30 13:24:10.199584+00'),
	('ws_9d8c1be61e2e2a46', 'evt-6', '2026-11-30 13:24:10.19959+00'),
	('ws_9d8c1be61e2e2a46', 'evt-7', '2026-11-30 13:24:10.199595+00'),
	('ws_9d8c1be61e2e2a46', 'evt-8', '2026-11-30 13:24:10.1996+00'),
	('ws_9d8c1be61e2e2a46', 'evt-9', '2026-11-30 13:24:10.199605+00');


--
-- Data for Name: exports; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.exports OVERRIDING SYSTEM VALUE VALUES
	('exp_5778d4c4a03c8eeb', 'ws_9d8c1be61e2e2a46', 'key_b5fd52e8b8e45721', 'leads', 'csv', true, '{}', '{"csv": {"raw": false, "profile": "machine"}, "columns": {"rest": false, "flattened": ["company", "Ana \"la jefa\"", "=SUM(A1)", "Zoë 🙂 Ñandú", " leading", "line\nbreak", "DNI"]}, "timeZone": "UTC"}', '8d4cc92e44bdd1b95da835f8676303fddafbaefbcec24fe2d12e8067e739d197', 'Ana Peña', 'ana@example.com', 'es', 'completed', '2026-11-30 13:24:10.284831+00', '2026-11-30 13:24:10.284831+00', 1, NULL, 'vm:11056:d8728fb37870902e', 0, 0, 0, '2026-11-30 13:24:10.284831+00', '2026-11-30 13:24:10.356098+00', '2026-11-30 13:24:10.38+00', '2026-11-30 13:24:10.420175+00', '2026-12-30 13:24:10.420175+00', 9, 0, 714, 'cf751b95265792511a7a9e8547fa0d2d7c83b65846dc102763f158b64fa72f56', 'exp_5778d4c4a03c8eeb-1/archive/acme/csv/exports/all/2026-11-30-exp_5778d4c4a03c8eeb.csv.gz', 'exports/all/2026-11-30-exp_5778d4c4a03c8eeb.csv.gz', NULL, NULL, 1, NULL),
	('exp_fe8db1890cd9d73d', 'ws_9d8c1be61e2e2a46', 'key_b5fd52e8b8e45721', 'records', 'xlsx', false, '{}', '{"csv": {"raw": false, "profile": "machine"}, "columns": {"rest": false, "flattened": ["DNI", "Correo"]}, "timeZone": "America/Lima"}', '063bc5b1b5cd3ab5248895761729f71e4d75c98991dd5e5e30c9d278dfadcf22', 'Ana Peña', 'ana@example.com', 'es', 'completed', '2026-11-30 13:24:10.502868+00', '2026-11-30 13:24:10.502868+00', 1, NULL, 'vm:11056:d8728fb37870902e', 0, 0, 0, '2026-11-30 13:24:10.502869+00', '2026-11-30 13:24:10.520616+00', '2026-11-30 13:24:10.548+00', '2026-11-30 13:24:10.600817+00', '2026-12-30 13:24:10.600817+00', 3, 0, 3419, '8ac11313df54e309609e0cde0aff56c0ecbfb39686b33c643fe77f959200120f', 'exp_fe8db1890cd9d73d-1/archive/acme/xlsx/exports/all/2026-11-30-exp_fe8db1890cd9d73d.xlsx', 'exports/all/2026-11-30-exp_fe8db1890cd9d73d.xlsx', NULL, NULL, 1, NULL),
	('exp_ffaff4dda4fd91c9', 'ws_9d8c1be61e2e2a46', 'key_b5fd52e8b8e45721', 'messages', 'ndjson', false, '{}', '{"csv": {"raw": false, "profile": "machine"}, "columns": {"rest": false, "flattened": []}, "timeZone": "UTC"}', '24acef9b5fa8b6a20f3886062afd09b0feb893f5703a727d9e76cf2eea760295', 'Ana Peña', 'ana@example.com', 'es', 'cancelled', '2026-11-30 13:24:10.950548+00', '2026-11-30 13:24:10.950548+00', 0, NULL, NULL, 0, 0, 0, '2026-11-30 13:24:10.950548+00', NULL, NULL, '2026-11-30 13:24:10.967192+00', NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL),
	('exp_2520fabe21f9622a', 'ws_9d8c1be61e2e2a46', 'key_b5fd52e8b8e45721', 'leads', 'csv', false, '{}', '{"csv": {"raw": false, "profile": "machine"}, "columns": {"rest": false, "flattened": ["company", "Ana \"la jefa\"", "=SUM(A1)", "Zoë 🙂 Ñandú", " leading", "line\nbreak", "DNI"]}, "timeZone": "UTC"}', '99e02c87612589b08588bccf8064ca123a455a8c045a41a45ac83646230b3913', 'Ana Peña', 'ana@example.com', 'es', 'queued', '2026-11-30 13:24:10.979124+00', '2026-11-30 13:24:10.979125+00', 0, NULL, NULL, 0, 0, 0, '2026-11-30 13:24:10.979125+00', NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1, NULL);


--
-- Data for Name: funnel_groups; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.funnel_groups OVERRIDING SYSTEM VALUE VALUES
	('6b0d78f353ac665a21838b12', 'ws_9d8c1be61e2e2a46', 1, 'Sacar Tarjeta', true, 24, '{DNI,Correo}', '2026-11-30 13:24:03.308139+00');


--
-- Data for Name: funnels; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.funnels OVERRIDING SYSTEM VALUE VALUES
	(1, 'ws_9d8c1be61e2e2a46', 'sacarTarjeta', '{DNI,Correo}', '2026-11-30 13:24:03.299862+00');


--
-- Data for Name: idempotency_keys; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.idempotency_keys OVERRIDING SYSTEM VALUE VALUES
	('ws_9d8c1be61e2e2a46', 'key_b5fd52e8b8e45721', 'POST /api/v1/leads', 'once', 'df42cc1fb6ac07e70332dfb719fa43f7c38ad720f111bad38897dd5568345bf2', 201, NULL, '{"success":true,"data":{"id":"lead_8522652347971cb4","name":"Once","email":"once@example.com","phone":null,"source":null,"status":"new","metadata":{},"createdAt":"2026-11-30T13:24:10.146Z","updatedAt":"2026-11-30T13:24:10.146Z","workspaceId":"ws_9d8c1be61e2e2a46"}}', '2026-11-30 13:24:10.147479+00', '2026-12-01 13:24:10.147479+00');


--
-- Data for Name: instance; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.instance OVERRIDING SYSTEM VALUE VALUES
	('ins_24e42ef5f06547d383443a0ec4e78d79', '2026-11-30 13:23:57.809689+00', true);


--
-- Data for Name: interactions_2026_10; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: interactions_2026_11; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.interactions_2026_11 OVERRIDING SYSTEM VALUE VALUES
	(1, 'ws_9d8c1be61e2e2a46', '2026-11-28 15:24:10.152+00', 'evt-1', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 1, '6b0d78f353ac665a21838b12', 'DNI', '[{"cxt": "12345671", "name": "DNI"}]', '2026-11-30 13:24:10.222474+00'),
	(2, 'ws_9d8c1be61e2e2a46', '2026-11-28 19:24:10.152+00', 'evt-3', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 1, '6b0d78f353ac665a21838b12', 'Correo', '[{"cxt": "p0@example.com", "name": "Correo"}]', '2026-11-30 13:24:10.223355+00'),
	(3, 'ws_9d8c1be61e2e2a46', '2026-11-28 23:24:10.152+00', 'evt-5', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 1, '6b0d78f353ac665a21838b12', 'DNI', '[{"cxt": "12345672", "name": "DNI"}]', '2026-11-30 13:24:10.223374+00'),
	(4, 'ws_9d8c1be61e2e2a46', '2026-11-29 03:24:10.152+00', 'evt-7', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 1, '6b0d78f353ac665a21838b12', 'Correo', '[{"cxt": "p1@example.com", "name": "Correo"}]', '2026-11-30 13:24:10.22338+00'),
	(5, 'ws_9d8c1be61e2e2a46', '2026-11-29 07:24:10.152+00', 'evt-9', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 1, '6b0d78f353ac665a21838b12', 'DNI', '[{"cxt": "12345670", "name": "DNI"}]', '2026-11-30 13:24:10.223386+00'),
	(6, 'ws_9d8c1be61e2e2a46', '2026-11-29 11:24:10.152+00', 'evt-11', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 1, '6b0d78f353ac665a21838b12', 'Correo', '[{"cxt": "p2@example.com", "name": "Correo"}]', '2026-11-30 13:24:10.223392+00'),
	(7, 'ws_9d8c1be61e2e2a46', '2026-11-29 15:24:10.152+00', 'evt-13', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 1, '6b0d78f353ac665a21838b12', 'DNI', '[{"cxt": "12345671", "name": "DNI"}]', '2026-11-30 13:24:10.223401+00'),
	(8, 'ws_9d8c1be61e2e2a46', '2026-11-29 19:24:10.152+00', 'evt-15', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 1, '6b0d78f353ac665a21838b12', 'Correo', '[{"cxt": "p0@example.com", "name": "Correo"}]', '2026-11-30 13:24:10.223407+00'),
	(9, 'ws_9d8c1be61e2e2a46', '2026-11-29 23:24:10.152+00', 'evt-17', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 1, '6b0d78f353ac665a21838b12', 'DNI', '[{"cxt": "12345672", "name": "DNI"}]', '2026-11-30 13:24:10.223413+00'),
	(10, 'ws_9d8c1be61e2e2a46', '2026-11-30 03:24:10.152+00', 'evt-19', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 1, '6b0d78f353ac665a21838b12', 'Correo', '[{"cxt": "p1@example.com", "name": "Correo"}]', '2026-11-30 13:24:10.22342+00'),
	(11, 'ws_9d8c1be61e2e2a46', '2026-11-30 07:24:10.152+00', 'evt-21', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 1, '6b0d78f353ac665a21838b12', 'DNI', '[{"cxt": "12345670", "name": "DNI"}]', '2026-11-30 13:24:10.223429+00'),
	(12, 'ws_9d8c1be61e2e2a46', '2026-11-30 11:24:10.152+00', 'evt-23', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 1, '6b0d78f353ac665a21838b12', 'Correo', '[{"cxt": "p2@example.com", "name": "Correo"}]', '2026-11-30 13:24:10.223435+00');


--
-- Data for Name: interactions_2026_12; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: interactions_2027_01; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: interactions_2027_02; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: janitors; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.janitors OVERRIDING SYSTEM VALUE VALUES
	('forget-idempotency-keys', '2026-11-30 13:24:09.341789+00', '2026-11-30 13:24:09.370849+00', '2026-11-30 13:24:09.370849+00', 0, NULL),
	('compare-bucket-and-index', '2026-11-30 13:24:09.339964+00', '2026-11-30 13:24:09.419803+00', '2026-11-30 13:24:09.419803+00', 0, NULL),
	('forget-event-ids', '2026-11-30 13:24:09.407743+00', '2026-11-30 13:24:09.423387+00', '2026-11-30 13:24:09.423388+00', 0, NULL),
	('make-month-partitions', '2026-11-30 13:24:09.432415+00', '2026-11-30 13:24:09.454482+00', '2026-11-30 13:24:09.454482+00', 4, NULL),
	('fail-lost-exports', '2026-11-30 13:24:10.490145+00', '2026-11-30 13:24:10.495496+00', '2026-11-30 13:24:10.495496+00', 0, NULL),
	('plan-archive-days', '2026-11-30 13:24:10.503376+00', '2026-11-30 13:24:10.531358+00', '2026-11-30 13:24:10.531358+00', 2, NULL),
	('announce-due-work', '2026-11-30 13:24:10.552768+00', '2026-11-30 13:24:10.598173+00', '2026-11-30 13:24:10.598173+00', 2, NULL),
	('expire-files', '2026-11-30 13:24:10.610932+00', '2026-11-30 13:24:10.621461+00', '2026-11-30 13:24:10.621461+00', 0, NULL),
	('remove-lost-uploads', '2026-11-30 13:24:10.626903+00', '2026-11-30 13:24:10.637044+00', '2026-11-30 13:24:10.637044+00', 0, NULL);


--
-- Data for Name: late_days; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: leads; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.leads OVERRIDING SYSTEM VALUE VALUES
	(1, 'ws_9d8c1be61e2e2a46', 'ae1e9a83f7be4d52', 'cb_811433bfa2da9685', '6b0d78efe88adbae17e298c8', NULL, 'Ana "la jefa"', 'lead-0@example.com', 'lead-0@example.com', 'lead-0@example.com', '+51 987 654 321', NULL, 'new', '{"company": "Acme", "Ana \"la jefa\"": [1, {"deep": null}]}', '{}', '2026-11-30 13:24:09.997027+00', '2026-11-30 13:24:09.997027+00', '2026-11-30 13:24:09.997027+00'),
	(2, 'ws_9d8c1be61e2e2a46', '1f0ab8210e4928e5', 'cb_811433bfa2da9685', '6b0d78efe88adbae17e298c8', NULL, '=SUM(A1)', 'lead-1@example.com', 'lead-1@example.com', 'lead-1@example.com', '+51 987 654 321', NULL, 'new', '{"company": "Acme", "=SUM(A1)": [1, {"deep": null}]}', '{}', '2026-11-30 13:24:10.038156+00', '2026-11-30 13:24:10.038156+00', '2026-11-30 13:24:10.038156+00'),
	(3, 'ws_9d8c1be61e2e2a46', '735204edf34e1ab0', 'cb_811433bfa2da9685', '6b0d78efe88adbae17e298c8', NULL, 'Zoë 🙂 Ñandú', 'lead-2@example.com', 'lead-2@example.com', 'lead-2@example.com', '+51 987 654 321', NULL, 'new', '{"company": "Acme", "Zoë 🙂 Ñandú": [1, {"deep": null}]}', '{}', '2026-11-30 13:24:10.059158+00', '2026-11-30 13:24:10.059158+00', '2026-11-30 13:24:10.059158+00'),
	(4, 'ws_9d8c1be61e2e2a46', '878eee700aa284ff', 'cb_811433bfa2da9685', '6b0d78efe88adbae17e298c8', NULL, ' leading', 'lead-3@example.com', 'lead-3@example.com', 'lead-3@example.com', '+51 987 654 321', NULL, 'new', '{"company": "Acme", " leading": [1, {"deep": null}]}', '{}', '2026-11-30 13:24:10.08658+00', '2026-11-30 13:24:10.08658+00', '2026-11-30 13:24:10.086581+00'),
	(5, 'ws_9d8c1be61e2e2a46', '17e73cd8e8539e6f', 'cb_811433bfa2da9685', '6b0d78efe88adbae17e298c8', NULL, 'line
break', 'lead-4@example.com', 'lead-4@example.com', 'lead-4@example.com', '+51 987 654 321', NULL, 'new', '{"company": "Acme", "line\nbreak": [1, {"deep": null}]}', '{}', '2026-11-30 13:24:10.106325+00', '2026-11-30 13:24:10.106325+00', '2026-11-30 13:24:10.106325+00'),
	(6, 'ws_9d8c1be61e2e2a46', '8522652347971cb4', 'cb_811433bfa2da9685', '6b0d78efe88adbae17e298c8', NULL, 'Once', 'once@example.com', 'once@example.com', 'once@example.com', NULL, NULL, 'new', '{}', '{}', '2026-11-30 13:24:10.146132+00', '2026-11-30 13:24:10.146132+00', '2026-11-30 13:24:10.146132+00'),
	(7, 'ws_9d8c1be61e2e2a46', 'f59e9a1cd13a8ca1', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 'Peña 🙂 Perez', 'p1@example.com', 'p1@example.com', NULL, NULL, 'messenger', 'new', '{"DNI": "12345671"}', '{"fields": {"email": {"at": "2026-11-30T03:24:10.152000Z evt-19 000", "value": "p1@example.com"}}, "latest": "2026-11-30T03:24:10.152000Z evt-19", "metadata": {"DNI": "2026-11-29T15:24:10.152000Z evt-13 000"}}', '2026-11-28 15:24:10.152+00', '2026-11-30 03:24:10.152+00', '2026-11-30 13:24:10.234737+00'),
	(8, 'ws_9d8c1be61e2e2a46', '4116ba84d32d9f6f', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 'Juan Perez', 'p0@example.com', 'p0@example.com', NULL, NULL, 'messenger', 'new', '{"DNI": "12345670"}', '{"fields": {"email": {"at": "2026-11-29T19:24:10.152000Z evt-15 000", "value": "p0@example.com"}}, "latest": "2026-11-30T07:24:10.152000Z evt-21", "metadata": {"DNI": "2026-11-30T07:24:10.152000Z evt-21 000"}}', '2026-11-28 19:24:10.152+00', '2026-11-30 07:24:10.152+00', '2026-11-30 13:24:10.234875+00'),
	(9, 'ws_9d8c1be61e2e2a46', 'e6b0745e22d80b8a', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 'O’Brien Perez', 'p2@example.com', 'p2@example.com', NULL, NULL, 'messenger', 'new', '{"DNI": "12345672"}', '{"fields": {"email": {"at": "2026-11-30T11:24:10.152000Z evt-23 000", "value": "p2@example.com"}}, "latest": "2026-11-30T11:24:10.152000Z evt-23", "metadata": {"DNI": "2026-11-29T23:24:10.152000Z evt-17 000"}}', '2026-11-28 23:24:10.152+00', '2026-11-30 11:24:10.152+00', '2026-11-30 13:24:10.234898+00');


--
-- Data for Name: mail_outbox; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.mail_outbox OVERRIDING SYSTEM VALUE VALUES
	(1, 'ws_9d8c1be61e2e2a46', 'exp_5778d4c4a03c8eeb', 'export_completed', 'sent', 1, '2026-11-30 13:24:10.420582+00', NULL, NULL, NULL, NULL, '2026-11-30 13:24:10.420582+00', '2026-11-30 13:24:10.420582+00', '2026-11-30 13:24:10.675049+00', NULL, NULL, 0),
	(2, 'ws_9d8c1be61e2e2a46', 'exp_fe8db1890cd9d73d', 'export_completed', 'sent', 1, '2026-11-30 13:24:10.600926+00', NULL, NULL, NULL, NULL, '2026-11-30 13:24:10.600926+00', '2026-11-30 13:24:10.600926+00', '2026-11-30 13:24:10.778868+00', NULL, NULL, 0);


--
-- Data for Name: message_users; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.message_users OVERRIDING SYSTEM VALUE VALUES
	('6b0ad5fae4af95f853f8285d', 'ws_9d8c1be61e2e2a46', '6b0d78fab3c5583020f7b94c', '0', 'messenger', 'Juan', 'Perez', '2026-11-30T07:24:10.152000Z evt-21', '2026-11-30T07:24:10.152000Z evt-21', '2026-11-28 13:24:10.152+00', '2026-11-30 07:24:10.152+00', '2026-11-30 13:24:10.210183+00'),
	('6b0af21a2902381e1ee05891', 'ws_9d8c1be61e2e2a46', '6b0d78fab3c5583020f7b94c', '1', 'messenger', 'Peña 🙂', 'Perez', '2026-11-30T09:24:10.152000Z evt-22', '2026-11-30T09:24:10.152000Z evt-22', '2026-11-28 15:24:10.152+00', '2026-11-30 09:24:10.152+00', '2026-11-30 13:24:10.210766+00'),
	('6b0b0e3af99470319a073307', 'ws_9d8c1be61e2e2a46', '6b0d78fab3c5583020f7b94c', '2', 'messenger', 'O’Brien', 'Perez', '2026-11-30T11:24:10.152000Z evt-23', '2026-11-30T11:24:10.152000Z evt-23', '2026-11-28 17:24:10.152+00', '2026-11-30 11:24:10.152+00', '2026-11-30 13:24:10.210796+00');


--
-- Data for Name: messages_2026_10; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: messages_2026_11; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.messages_2026_11 OVERRIDING SYSTEM VALUE VALUES
	(1, 'ws_9d8c1be61e2e2a46', '2026-11-28 13:24:10.152+00', 'evt-0', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 'user', 'Hola 0, "quiero"
una tarjeta', '2026-11-30 13:24:10.214924+00'),
	(2, 'ws_9d8c1be61e2e2a46', '2026-11-28 17:24:10.152+00', 'evt-2', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 'user', 'Hola 2, "quiero"
una tarjeta', '2026-11-30 13:24:10.215644+00'),
	(3, 'ws_9d8c1be61e2e2a46', '2026-11-28 21:24:10.152+00', 'evt-4', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 'user', 'Hola 4, "quiero"
una tarjeta', '2026-11-30 13:24:10.215662+00'),
	(4, 'ws_9d8c1be61e2e2a46', '2026-11-29 01:24:10.152+00', 'evt-6', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 'user', 'Hola 6, "quiero"
una tarjeta', '2026-11-30 13:24:10.215669+00'),
	(5, 'ws_9d8c1be61e2e2a46', '2026-11-29 05:24:10.152+00', 'evt-8', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 'user', 'Hola 8, "quiero"
una tarjeta', '2026-11-30 13:24:10.215674+00'),
	(6, 'ws_9d8c1be61e2e2a46', '2026-11-29 09:24:10.152+00', 'evt-10', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 'user', 'Hola 10, "quiero"
una tarjeta', '2026-11-30 13:24:10.21568+00'),
	(7, 'ws_9d8c1be61e2e2a46', '2026-11-29 13:24:10.152+00', 'evt-12', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 'user', 'Hola 12, "quiero"
una tarjeta', '2026-11-30 13:24:10.215685+00'),
	(8, 'ws_9d8c1be61e2e2a46', '2026-11-29 17:24:10.152+00', 'evt-14', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 'user', 'Hola 14, "quiero"
una tarjeta', '2026-11-30 13:24:10.21569+00'),
	(9, 'ws_9d8c1be61e2e2a46', '2026-11-29 21:24:10.152+00', 'evt-16', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 'user', 'Hola 16, "quiero"
una tarjeta', '2026-11-30 13:24:10.215701+00'),
	(10, 'ws_9d8c1be61e2e2a46', '2026-11-30 01:24:10.152+00', 'evt-18', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 'user', 'Hola 18, "quiero"
una tarjeta', '2026-11-30 13:24:10.215706+00'),
	(11, 'ws_9d8c1be61e2e2a46', '2026-11-30 05:24:10.152+00', 'evt-20', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 'user', 'Hola 20, "quiero"
una tarjeta', '2026-11-30 13:24:10.215711+00'),
	(12, 'ws_9d8c1be61e2e2a46', '2026-11-30 09:24:10.152+00', 'evt-22', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 'user', 'Hola 22, "quiero"
una tarjeta', '2026-11-30 13:24:10.215716+00');


--
-- Data for Name: messages_2026_12; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: messages_2027_01; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: messages_2027_02; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: metadata_keys; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.metadata_keys OVERRIDING SYSTEM VALUE VALUES
	('ws_9d8c1be61e2e2a46', 'leads', 'company', 1),
	('ws_9d8c1be61e2e2a46', 'leads', 'Ana "la jefa"', 2),
	('ws_9d8c1be61e2e2a46', 'leads', '=SUM(A1)', 3),
	('ws_9d8c1be61e2e2a46', 'leads', 'Zoë 🙂 Ñandú', 4),
	('ws_9d8c1be61e2e2a46', 'leads', ' leading', 5),
	('ws_9d8c1be61e2e2a46', 'leads', 'line
break', 6),
	('ws_9d8c1be61e2e2a46', 'leads', 'DNI', 7),
	('ws_9d8c1be61e2e2a46', 'records', 'DNI', 8),
	('ws_9d8c1be61e2e2a46', 'records', 'Correo', 9);


--
-- Data for Name: migrations; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.migrations OVERRIDING SYSTEM VALUE VALUES
	(1, 1767225600001, 'Tenancy1767225600001'),
	(2, 1767225600002, 'Leads1767225600002'),
	(3, 1767225600003, 'Exports1767225600003'),
	(4, 1767225600004, 'Traces1767225600004');


--
-- Data for Name: rate_limits; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.rate_limits OVERRIDING SYSTEM VALUE VALUES
	('requests:key_b5fd52e8b8e45721', 60, 1796045109962);


--
-- Data for Name: records; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.records OVERRIDING SYSTEM VALUE VALUES
	('6b0af21a061006955e22e955', 'ws_9d8c1be61e2e2a46', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0af21a2902381e1ee05891', 1, '6b0d78f353ac665a21838b12', 7, 'Correo', '[{"cxt": "12345671", "name": "DNI"}, {"cxt": "p1@example.com", "name": "Correo"}]', '{"data": {"DNI": {"at": "2026-11-29T15:24:10.152000Z evt-13 000", "first": "2026-11-28T15:24:10.152000Z evt-1 000"}, "Correo": {"at": "2026-11-30T03:24:10.152000Z evt-19 000", "first": "2026-11-29T03:24:10.152000Z evt-7 000"}}, "last": {"at": "2026-11-30T03:24:10.152000Z evt-19", "position": 1}, "first": "2026-11-28T15:24:10.152000Z evt-1"}', DEFAULT, '2026-11-28 15:24:10.152+00', '2026-11-30 03:24:10.152+00', '2026-11-30 13:24:10.241191+00'),
	('6b0b2a5a61ab18278c7ca5b3', 'ws_9d8c1be61e2e2a46', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0ad5fae4af95f853f8285d', 1, '6b0d78f353ac665a21838b12', 8, 'Correo', '[{"cxt": "p0@example.com", "name": "Correo"}, {"cxt": "12345670", "name": "DNI"}]', '{"data": {"DNI": {"at": "2026-11-30T07:24:10.152000Z evt-21 000", "first": "2026-11-29T07:24:10.152000Z evt-9 000"}, "Correo": {"at": "2026-11-29T19:24:10.152000Z evt-15 000", "first": "2026-11-28T19:24:10.152000Z evt-3 000"}}, "last": {"at": "2026-11-29T19:24:10.152000Z evt-15", "position": 1}, "first": "2026-11-28T19:24:10.152000Z evt-3"}', DEFAULT, '2026-11-28 19:24:10.152+00', '2026-11-30 07:24:10.152+00', '2026-11-30 13:24:10.241959+00'),
	('6b0b629a9e7b4c155f07697f', 'ws_9d8c1be61e2e2a46', 'cb_811433bfa2da9685', '6b0d78fab3c5583020f7b94c', '6b0b0e3af99470319a073307', 1, '6b0d78f353ac665a21838b12', 9, 'Correo', '[{"cxt": "12345672", "name": "DNI"}, {"cxt": "p2@example.com", "name": "Correo"}]', '{"data": {"DNI": {"at": "2026-11-29T23:24:10.152000Z evt-17 000", "first": "2026-11-28T23:24:10.152000Z evt-5 000"}, "Correo": {"at": "2026-11-30T11:24:10.152000Z evt-23 000", "first": "2026-11-29T11:24:10.152000Z evt-11 000"}}, "last": {"at": "2026-11-30T11:24:10.152000Z evt-23", "position": 1}, "first": "2026-11-28T23:24:10.152000Z evt-5"}', DEFAULT, '2026-11-28 23:24:10.152+00', '2026-11-30 11:24:10.152+00', '2026-11-30 13:24:10.242007+00');


--
-- Data for Name: upload_intents; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--



--
-- Data for Name: workspaces; Type: TABLE DATA; Schema: public; Owner: leadferry_owner
--

INSERT INTO public.workspaces OVERRIDING SYSTEM VALUE VALUES
	('ws_9d8c1be61e2e2a46', 'acme', 'Acme', 'es', 'America/Lima', 2, 1000, 30, '2026-11-30 13:24:10.520257+00', '2026-11-30 13:23:59.899624+00');


--
-- Name: archive_files_id_seq; Type: SEQUENCE SET; Schema: public; Owner: leadferry_owner
--

SELECT pg_catalog.setval('public.archive_files_id_seq', 8, true);


--
-- Name: funnels_id_seq; Type: SEQUENCE SET; Schema: public; Owner: leadferry_owner
--

SELECT pg_catalog.setval('public.funnels_id_seq', 1, true);


--
-- Name: interactions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: leadferry_owner
--

SELECT pg_catalog.setval('public.interactions_id_seq', 12, true);


--
-- Name: leads_id_seq; Type: SEQUENCE SET; Schema: public; Owner: leadferry_owner
--

SELECT pg_catalog.setval('public.leads_id_seq', 9, true);


--
-- Name: mail_outbox_id_seq; Type: SEQUENCE SET; Schema: public; Owner: leadferry_owner
--

SELECT pg_catalog.setval('public.mail_outbox_id_seq', 2, true);


--
-- Name: messages_id_seq; Type: SEQUENCE SET; Schema: public; Owner: leadferry_owner
--

SELECT pg_catalog.setval('public.messages_id_seq', 12, true);


--
-- Name: metadata_keys_position_seq; Type: SEQUENCE SET; Schema: public; Owner: leadferry_owner
--

SELECT pg_catalog.setval('public.metadata_keys_position_seq', 9, true);


--
-- Name: migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: leadferry_owner
--

SELECT pg_catalog.setval('public.migrations_id_seq', 4, true);


--
-- Name: migrations PK_8c82d7f526340ab734260ea46be; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY (id);


--
-- Name: accounts accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);


--
-- Name: accounts accounts_workspace_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_workspace_id_id_key UNIQUE (workspace_id, id);


--
-- Name: accounts accounts_workspace_id_platform_name_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_workspace_id_platform_name_key UNIQUE (workspace_id, platform, name);


--
-- Name: allowed_recipients allowed_recipients_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.allowed_recipients
    ADD CONSTRAINT allowed_recipients_pkey PRIMARY KEY (workspace_id, email_lower);


--
-- Name: api_keys api_keys_hash_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_hash_key UNIQUE (hash);


--
-- Name: api_keys api_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);


--
-- Name: api_keys api_keys_workspace_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_workspace_id_id_key UNIQUE (workspace_id, id);


--
-- Name: archive_days archive_days_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_days
    ADD CONSTRAINT archive_days_pkey PRIMARY KEY (id);


--
-- Name: archive_days archive_days_workspace_id_day_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_days
    ADD CONSTRAINT archive_days_workspace_id_day_key UNIQUE (workspace_id, day);


--
-- Name: archive_days archive_days_workspace_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_days
    ADD CONSTRAINT archive_days_workspace_id_id_key UNIQUE (workspace_id, id);


--
-- Name: archive_files archive_files_export_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_files
    ADD CONSTRAINT archive_files_export_id_key UNIQUE (export_id);


--
-- Name: archive_files archive_files_object_key_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_files
    ADD CONSTRAINT archive_files_object_key_key UNIQUE (object_key);


--
-- Name: archive_files archive_files_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_files
    ADD CONSTRAINT archive_files_pkey PRIMARY KEY (id);


--
-- Name: archive_files archive_files_workspace_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_files
    ADD CONSTRAINT archive_files_workspace_id_id_key UNIQUE (workspace_id, id);


--
-- Name: chatbots chatbots_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.chatbots
    ADD CONSTRAINT chatbots_pkey PRIMARY KEY (id);


--
-- Name: chatbots chatbots_workspace_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.chatbots
    ADD CONSTRAINT chatbots_workspace_id_id_key UNIQUE (workspace_id, id);


--
-- Name: chatbots chatbots_workspace_id_name_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.chatbots
    ADD CONSTRAINT chatbots_workspace_id_name_key UNIQUE (workspace_id, name);


--
-- Name: chatbots chatbots_workspace_id_object_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.chatbots
    ADD CONSTRAINT chatbots_workspace_id_object_id_key UNIQUE (workspace_id, object_id);


--
-- Name: event_ids event_ids_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.event_ids
    ADD CONSTRAINT event_ids_pkey PRIMARY KEY (workspace_id, event_id);


--
-- Name: exports exports_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_pkey PRIMARY KEY (id);


--
-- Name: exports exports_workspace_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_workspace_id_id_key UNIQUE (workspace_id, id);


--
-- Name: funnel_groups funnel_groups_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.funnel_groups
    ADD CONSTRAINT funnel_groups_pkey PRIMARY KEY (id);


--
-- Name: funnel_groups funnel_groups_workspace_id_funnel_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.funnel_groups
    ADD CONSTRAINT funnel_groups_workspace_id_funnel_id_id_key UNIQUE (workspace_id, funnel_id, id);


--
-- Name: funnel_groups funnel_groups_workspace_id_funnel_id_name_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.funnel_groups
    ADD CONSTRAINT funnel_groups_workspace_id_funnel_id_name_key UNIQUE (workspace_id, funnel_id, name);


--
-- Name: funnel_groups funnel_groups_workspace_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.funnel_groups
    ADD CONSTRAINT funnel_groups_workspace_id_id_key UNIQUE (workspace_id, id);


--
-- Name: funnels funnels_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.funnels
    ADD CONSTRAINT funnels_pkey PRIMARY KEY (workspace_id, id);


--
-- Name: funnels funnels_workspace_id_name_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.funnels
    ADD CONSTRAINT funnels_workspace_id_name_key UNIQUE (workspace_id, name);


--
-- Name: idempotency_keys idempotency_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (api_key_id, route, key);


--
-- Name: instance instance_only_one_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.instance
    ADD CONSTRAINT instance_only_one_key UNIQUE (only_one);


--
-- Name: instance instance_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.instance
    ADD CONSTRAINT instance_pkey PRIMARY KEY (id);


--
-- Name: interactions interactions_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions
    ADD CONSTRAINT interactions_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: interactions_2026_10 interactions_2026_10_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions_2026_10
    ADD CONSTRAINT interactions_2026_10_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: interactions_2026_11 interactions_2026_11_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions_2026_11
    ADD CONSTRAINT interactions_2026_11_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: interactions_2026_12 interactions_2026_12_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions_2026_12
    ADD CONSTRAINT interactions_2026_12_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: interactions_2027_01 interactions_2027_01_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions_2027_01
    ADD CONSTRAINT interactions_2027_01_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: interactions_2027_02 interactions_2027_02_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.interactions_2027_02
    ADD CONSTRAINT interactions_2027_02_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: janitors janitors_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.janitors
    ADD CONSTRAINT janitors_pkey PRIMARY KEY (name);


--
-- Name: late_days late_days_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.late_days
    ADD CONSTRAINT late_days_pkey PRIMARY KEY (workspace_id, day);


--
-- Name: leads leads_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_pkey PRIMARY KEY (workspace_id, id);


--
-- Name: leads leads_workspace_id_claimed_email_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_workspace_id_claimed_email_key UNIQUE (workspace_id, claimed_email);


--
-- Name: leads leads_workspace_id_hex_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_workspace_id_hex_key UNIQUE (workspace_id, hex);


--
-- Name: leads leads_workspace_id_message_user_id_chatbot_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_workspace_id_message_user_id_chatbot_id_key UNIQUE (workspace_id, message_user_id, chatbot_id);


--
-- Name: mail_outbox mail_outbox_export_id_kind_retries_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.mail_outbox
    ADD CONSTRAINT mail_outbox_export_id_kind_retries_key UNIQUE (export_id, kind, retries);


--
-- Name: mail_outbox mail_outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.mail_outbox
    ADD CONSTRAINT mail_outbox_pkey PRIMARY KEY (id);


--
-- Name: message_users message_users_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.message_users
    ADD CONSTRAINT message_users_pkey PRIMARY KEY (id);


--
-- Name: message_users message_users_workspace_id_account_id_external_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.message_users
    ADD CONSTRAINT message_users_workspace_id_account_id_external_id_key UNIQUE (workspace_id, account_id, external_id);


--
-- Name: message_users message_users_workspace_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.message_users
    ADD CONSTRAINT message_users_workspace_id_id_key UNIQUE (workspace_id, id);


--
-- Name: messages messages_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: messages_2026_10 messages_2026_10_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages_2026_10
    ADD CONSTRAINT messages_2026_10_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: messages_2026_11 messages_2026_11_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages_2026_11
    ADD CONSTRAINT messages_2026_11_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: messages_2026_12 messages_2026_12_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages_2026_12
    ADD CONSTRAINT messages_2026_12_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: messages_2027_01 messages_2027_01_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages_2027_01
    ADD CONSTRAINT messages_2027_01_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: messages_2027_02 messages_2027_02_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.messages_2027_02
    ADD CONSTRAINT messages_2027_02_pkey PRIMARY KEY (workspace_id, occurred_at, id);


--
-- Name: metadata_keys metadata_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.metadata_keys
    ADD CONSTRAINT metadata_keys_pkey PRIMARY KEY (workspace_id, dataset, key);


--
-- Name: rate_limits rate_limits_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.rate_limits
    ADD CONSTRAINT rate_limits_pkey PRIMARY KEY (key);


--
-- Name: records records_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_pkey PRIMARY KEY (id);


--
-- Name: records records_workspace_id_id_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_workspace_id_id_key UNIQUE (workspace_id, id);


--
-- Name: upload_intents upload_intents_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.upload_intents
    ADD CONSTRAINT upload_intents_pkey PRIMARY KEY (object_key);


--
-- Name: workspaces workspaces_codename_key; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_codename_key UNIQUE (codename);


--
-- Name: workspaces workspaces_pkey; Type: CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_pkey PRIMARY KEY (id);


--
-- Name: accounts_implicit; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE UNIQUE INDEX accounts_implicit ON public.accounts USING btree (workspace_id) WHERE implicit;


--
-- Name: api_keys_prefix; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX api_keys_prefix ON public.api_keys USING btree (prefix);


--
-- Name: archive_days_open; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX archive_days_open ON public.archive_days USING btree (day DESC) WHERE (state <> 'built'::text);


--
-- Name: archive_files_day; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX archive_files_day ON public.archive_files USING btree (workspace_id, day, name);


--
-- Name: archive_files_missing; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX archive_files_missing ON public.archive_files USING btree (missing_since) WHERE (missing_since IS NOT NULL);


--
-- Name: archive_files_name; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE UNIQUE INDEX archive_files_name ON public.archive_files USING btree (workspace_id, format, name);


--
-- Name: chatbots_default; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE UNIQUE INDEX chatbots_default ON public.chatbots USING btree (workspace_id) WHERE is_default;


--
-- Name: event_ids_received; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX event_ids_received ON public.event_ids USING btree (received_at);


--
-- Name: exports_due; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX exports_due ON public.exports USING btree (workspace_id, not_before, id) WHERE (state = 'queued'::text);


--
-- Name: exports_expiry; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX exports_expiry ON public.exports USING btree (expires_at) WHERE (state = 'completed'::text);


--
-- Name: exports_failed; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX exports_failed ON public.exports USING btree (finished_at DESC) WHERE (state = 'failed'::text);


--
-- Name: exports_in_flight; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX exports_in_flight ON public.exports USING btree (workspace_id, request_hash) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));


--
-- Name: exports_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX exports_newest ON public.exports USING btree (workspace_id, accepted_at DESC, id DESC);


--
-- Name: exports_running; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX exports_running ON public.exports USING btree (lease_until) WHERE (state = 'running'::text);


--
-- Name: idempotency_keys_expiry; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX idempotency_keys_expiry ON public.idempotency_keys USING btree (expires_at);


--
-- Name: interactions_account_time; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_account_time ON ONLY public.interactions USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: interactions_2026_10_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_10_workspace_id_account_id_occurred_at_id_idx ON public.interactions_2026_10 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: interactions_chatbot_time; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_chatbot_time ON ONLY public.interactions USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: interactions_2026_10_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_10_workspace_id_chatbot_id_occurred_at_id_idx ON public.interactions_2026_10 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: interactions_group_time; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_group_time ON ONLY public.interactions USING btree (workspace_id, funnel_group_id, occurred_at, id);


--
-- Name: interactions_2026_10_workspace_id_funnel_group_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_10_workspace_id_funnel_group_id_occurred__idx ON public.interactions_2026_10 USING btree (workspace_id, funnel_group_id, occurred_at, id);


--
-- Name: interactions_user; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_user ON ONLY public.interactions USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: interactions_2026_10_workspace_id_message_user_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_10_workspace_id_message_user_id_occurred__idx ON public.interactions_2026_10 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: interactions_2026_11_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_11_workspace_id_account_id_occurred_at_id_idx ON public.interactions_2026_11 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: interactions_2026_11_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_11_workspace_id_chatbot_id_occurred_at_id_idx ON public.interactions_2026_11 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: interactions_2026_11_workspace_id_funnel_group_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_11_workspace_id_funnel_group_id_occurred__idx ON public.interactions_2026_11 USING btree (workspace_id, funnel_group_id, occurred_at, id);


--
-- Name: interactions_2026_11_workspace_id_message_user_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_11_workspace_id_message_user_id_occurred__idx ON public.interactions_2026_11 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: interactions_2026_12_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_12_workspace_id_account_id_occurred_at_id_idx ON public.interactions_2026_12 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: interactions_2026_12_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_12_workspace_id_chatbot_id_occurred_at_id_idx ON public.interactions_2026_12 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: interactions_2026_12_workspace_id_funnel_group_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_12_workspace_id_funnel_group_id_occurred__idx ON public.interactions_2026_12 USING btree (workspace_id, funnel_group_id, occurred_at, id);


--
-- Name: interactions_2026_12_workspace_id_message_user_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2026_12_workspace_id_message_user_id_occurred__idx ON public.interactions_2026_12 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: interactions_2027_01_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2027_01_workspace_id_account_id_occurred_at_id_idx ON public.interactions_2027_01 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: interactions_2027_01_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2027_01_workspace_id_chatbot_id_occurred_at_id_idx ON public.interactions_2027_01 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: interactions_2027_01_workspace_id_funnel_group_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2027_01_workspace_id_funnel_group_id_occurred__idx ON public.interactions_2027_01 USING btree (workspace_id, funnel_group_id, occurred_at, id);


--
-- Name: interactions_2027_01_workspace_id_message_user_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2027_01_workspace_id_message_user_id_occurred__idx ON public.interactions_2027_01 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: interactions_2027_02_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2027_02_workspace_id_account_id_occurred_at_id_idx ON public.interactions_2027_02 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: interactions_2027_02_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2027_02_workspace_id_chatbot_id_occurred_at_id_idx ON public.interactions_2027_02 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: interactions_2027_02_workspace_id_funnel_group_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2027_02_workspace_id_funnel_group_id_occurred__idx ON public.interactions_2027_02 USING btree (workspace_id, funnel_group_id, occurred_at, id);


--
-- Name: interactions_2027_02_workspace_id_message_user_id_occurred__idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX interactions_2027_02_workspace_id_message_user_id_occurred__idx ON public.interactions_2027_02 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: leads_account_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX leads_account_newest ON public.leads USING btree (workspace_id, account_id, created_at DESC, id DESC);


--
-- Name: leads_chatbot_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX leads_chatbot_newest ON public.leads USING btree (workspace_id, chatbot_id, created_at DESC, id DESC);


--
-- Name: leads_email; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX leads_email ON public.leads USING btree (workspace_id, email_lower);


--
-- Name: leads_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX leads_newest ON public.leads USING btree (workspace_id, created_at DESC, id DESC);


--
-- Name: leads_source_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX leads_source_newest ON public.leads USING btree (workspace_id, source, created_at DESC, id DESC);


--
-- Name: leads_status_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX leads_status_newest ON public.leads USING btree (workspace_id, status, created_at DESC, id DESC);


--
-- Name: mail_outbox_due; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX mail_outbox_due ON public.mail_outbox USING btree (not_before) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));


--
-- Name: mail_outbox_failed; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX mail_outbox_failed ON public.mail_outbox USING btree (failed_at DESC) WHERE (state = 'failed'::text);


--
-- Name: message_users_account_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX message_users_account_newest ON public.message_users USING btree (workspace_id, account_id, created_at DESC, id DESC);


--
-- Name: message_users_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX message_users_newest ON public.message_users USING btree (workspace_id, created_at DESC, id DESC);


--
-- Name: messages_account_time; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_account_time ON ONLY public.messages USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: messages_2026_10_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2026_10_workspace_id_account_id_occurred_at_id_idx ON public.messages_2026_10 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: messages_chatbot_time; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_chatbot_time ON ONLY public.messages USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: messages_2026_10_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2026_10_workspace_id_chatbot_id_occurred_at_id_idx ON public.messages_2026_10 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: messages_user; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_user ON ONLY public.messages USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: messages_2026_10_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2026_10_workspace_id_message_user_id_occurred_at_i_idx ON public.messages_2026_10 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: messages_2026_11_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2026_11_workspace_id_account_id_occurred_at_id_idx ON public.messages_2026_11 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: messages_2026_11_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2026_11_workspace_id_chatbot_id_occurred_at_id_idx ON public.messages_2026_11 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: messages_2026_11_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2026_11_workspace_id_message_user_id_occurred_at_i_idx ON public.messages_2026_11 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: messages_2026_12_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2026_12_workspace_id_account_id_occurred_at_id_idx ON public.messages_2026_12 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: messages_2026_12_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2026_12_workspace_id_chatbot_id_occurred_at_id_idx ON public.messages_2026_12 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: messages_2026_12_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2026_12_workspace_id_message_user_id_occurred_at_i_idx ON public.messages_2026_12 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: messages_2027_01_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2027_01_workspace_id_account_id_occurred_at_id_idx ON public.messages_2027_01 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: messages_2027_01_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2027_01_workspace_id_chatbot_id_occurred_at_id_idx ON public.messages_2027_01 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: messages_2027_01_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2027_01_workspace_id_message_user_id_occurred_at_i_idx ON public.messages_2027_01 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: messages_2027_02_workspace_id_account_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2027_02_workspace_id_account_id_occurred_at_id_idx ON public.messages_2027_02 USING btree (workspace_id, account_id, occurred_at, id);


--
-- Name: messages_2027_02_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2027_02_workspace_id_chatbot_id_occurred_at_id_idx ON public.messages_2027_02 USING btree (workspace_id, chatbot_id, occurred_at, id);


--
-- Name: messages_2027_02_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX messages_2027_02_workspace_id_message_user_id_occurred_at_i_idx ON public.messages_2027_02 USING btree (workspace_id, message_user_id, occurred_at, id);


--
-- Name: records_account_group_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX records_account_group_newest ON public.records USING btree (workspace_id, account_id, funnel_group_id, created_at DESC, id DESC);


--
-- Name: records_group_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX records_group_newest ON public.records USING btree (workspace_id, funnel_group_id, created_at DESC, id DESC);


--
-- Name: records_lead; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX records_lead ON public.records USING btree (workspace_id, lead_id);


--
-- Name: records_newest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX records_newest ON public.records USING btree (workspace_id, created_at DESC, id DESC);


--
-- Name: records_user_group; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX records_user_group ON public.records USING btree (workspace_id, message_user_id, funnel_group_id);


--
-- Name: upload_intents_holder; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX upload_intents_holder ON public.upload_intents USING btree (holder, epoch);


--
-- Name: upload_intents_oldest; Type: INDEX; Schema: public; Owner: leadferry_owner
--

CREATE INDEX upload_intents_oldest ON public.upload_intents USING btree (created_at);


--
-- Name: interactions_2026_10_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_pkey ATTACH PARTITION public.interactions_2026_10_pkey;


--
-- Name: interactions_2026_10_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_account_time ATTACH PARTITION public.interactions_2026_10_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: interactions_2026_10_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_chatbot_time ATTACH PARTITION public.interactions_2026_10_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: interactions_2026_10_workspace_id_funnel_group_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_group_time ATTACH PARTITION public.interactions_2026_10_workspace_id_funnel_group_id_occurred__idx;


--
-- Name: interactions_2026_10_workspace_id_message_user_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_user ATTACH PARTITION public.interactions_2026_10_workspace_id_message_user_id_occurred__idx;


--
-- Name: interactions_2026_11_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_pkey ATTACH PARTITION public.interactions_2026_11_pkey;


--
-- Name: interactions_2026_11_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_account_time ATTACH PARTITION public.interactions_2026_11_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: interactions_2026_11_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_chatbot_time ATTACH PARTITION public.interactions_2026_11_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: interactions_2026_11_workspace_id_funnel_group_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_group_time ATTACH PARTITION public.interactions_2026_11_workspace_id_funnel_group_id_occurred__idx;


--
-- Name: interactions_2026_11_workspace_id_message_user_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_user ATTACH PARTITION public.interactions_2026_11_workspace_id_message_user_id_occurred__idx;


--
-- Name: interactions_2026_12_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_pkey ATTACH PARTITION public.interactions_2026_12_pkey;


--
-- Name: interactions_2026_12_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_account_time ATTACH PARTITION public.interactions_2026_12_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: interactions_2026_12_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_chatbot_time ATTACH PARTITION public.interactions_2026_12_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: interactions_2026_12_workspace_id_funnel_group_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_group_time ATTACH PARTITION public.interactions_2026_12_workspace_id_funnel_group_id_occurred__idx;


--
-- Name: interactions_2026_12_workspace_id_message_user_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_user ATTACH PARTITION public.interactions_2026_12_workspace_id_message_user_id_occurred__idx;


--
-- Name: interactions_2027_01_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_pkey ATTACH PARTITION public.interactions_2027_01_pkey;


--
-- Name: interactions_2027_01_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_account_time ATTACH PARTITION public.interactions_2027_01_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: interactions_2027_01_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_chatbot_time ATTACH PARTITION public.interactions_2027_01_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: interactions_2027_01_workspace_id_funnel_group_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_group_time ATTACH PARTITION public.interactions_2027_01_workspace_id_funnel_group_id_occurred__idx;


--
-- Name: interactions_2027_01_workspace_id_message_user_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_user ATTACH PARTITION public.interactions_2027_01_workspace_id_message_user_id_occurred__idx;


--
-- Name: interactions_2027_02_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_pkey ATTACH PARTITION public.interactions_2027_02_pkey;


--
-- Name: interactions_2027_02_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_account_time ATTACH PARTITION public.interactions_2027_02_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: interactions_2027_02_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_chatbot_time ATTACH PARTITION public.interactions_2027_02_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: interactions_2027_02_workspace_id_funnel_group_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_group_time ATTACH PARTITION public.interactions_2027_02_workspace_id_funnel_group_id_occurred__idx;


--
-- Name: interactions_2027_02_workspace_id_message_user_id_occurred__idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.interactions_user ATTACH PARTITION public.interactions_2027_02_workspace_id_message_user_id_occurred__idx;


--
-- Name: messages_2026_10_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_pkey ATTACH PARTITION public.messages_2026_10_pkey;


--
-- Name: messages_2026_10_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_account_time ATTACH PARTITION public.messages_2026_10_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: messages_2026_10_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_chatbot_time ATTACH PARTITION public.messages_2026_10_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: messages_2026_10_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_user ATTACH PARTITION public.messages_2026_10_workspace_id_message_user_id_occurred_at_i_idx;


--
-- Name: messages_2026_11_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_pkey ATTACH PARTITION public.messages_2026_11_pkey;


--
-- Name: messages_2026_11_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_account_time ATTACH PARTITION public.messages_2026_11_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: messages_2026_11_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_chatbot_time ATTACH PARTITION public.messages_2026_11_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: messages_2026_11_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_user ATTACH PARTITION public.messages_2026_11_workspace_id_message_user_id_occurred_at_i_idx;


--
-- Name: messages_2026_12_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_pkey ATTACH PARTITION public.messages_2026_12_pkey;


--
-- Name: messages_2026_12_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_account_time ATTACH PARTITION public.messages_2026_12_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: messages_2026_12_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_chatbot_time ATTACH PARTITION public.messages_2026_12_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: messages_2026_12_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_user ATTACH PARTITION public.messages_2026_12_workspace_id_message_user_id_occurred_at_i_idx;


--
-- Name: messages_2027_01_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_pkey ATTACH PARTITION public.messages_2027_01_pkey;


--
-- Name: messages_2027_01_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_account_time ATTACH PARTITION public.messages_2027_01_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: messages_2027_01_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_chatbot_time ATTACH PARTITION public.messages_2027_01_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: messages_2027_01_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_user ATTACH PARTITION public.messages_2027_01_workspace_id_message_user_id_occurred_at_i_idx;


--
-- Name: messages_2027_02_pkey; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_pkey ATTACH PARTITION public.messages_2027_02_pkey;


--
-- Name: messages_2027_02_workspace_id_account_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_account_time ATTACH PARTITION public.messages_2027_02_workspace_id_account_id_occurred_at_id_idx;


--
-- Name: messages_2027_02_workspace_id_chatbot_id_occurred_at_id_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_chatbot_time ATTACH PARTITION public.messages_2027_02_workspace_id_chatbot_id_occurred_at_id_idx;


--
-- Name: messages_2027_02_workspace_id_message_user_id_occurred_at_i_idx; Type: INDEX ATTACH; Schema: public; Owner: leadferry_owner
--

ALTER INDEX public.messages_user ATTACH PARTITION public.messages_2027_02_workspace_id_message_user_id_occurred_at_i_idx;


--
-- Name: accounts accounts_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: allowed_recipients allowed_recipients_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.allowed_recipients
    ADD CONSTRAINT allowed_recipients_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: api_keys api_keys_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: archive_days archive_days_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_days
    ADD CONSTRAINT archive_days_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: archive_files archive_files_export_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_files
    ADD CONSTRAINT archive_files_export_id_fkey FOREIGN KEY (export_id) REFERENCES public.exports(id);


--
-- Name: archive_files archive_files_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.archive_files
    ADD CONSTRAINT archive_files_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: chatbots chatbots_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.chatbots
    ADD CONSTRAINT chatbots_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: event_ids event_ids_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.event_ids
    ADD CONSTRAINT event_ids_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: exports exports_workspace_id_api_key_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_workspace_id_api_key_id_fkey FOREIGN KEY (workspace_id, api_key_id) REFERENCES public.api_keys(workspace_id, id);


--
-- Name: funnel_groups funnel_groups_workspace_id_funnel_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.funnel_groups
    ADD CONSTRAINT funnel_groups_workspace_id_funnel_id_fkey FOREIGN KEY (workspace_id, funnel_id) REFERENCES public.funnels(workspace_id, id) ON DELETE CASCADE;


--
-- Name: funnels funnels_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.funnels
    ADD CONSTRAINT funnels_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: idempotency_keys idempotency_keys_workspace_id_api_key_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_workspace_id_api_key_id_fkey FOREIGN KEY (workspace_id, api_key_id) REFERENCES public.api_keys(workspace_id, id) ON DELETE CASCADE;


--
-- Name: interactions interactions_workspace_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.interactions
    ADD CONSTRAINT interactions_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.accounts(workspace_id, id);


--
-- Name: interactions interactions_workspace_id_chatbot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.interactions
    ADD CONSTRAINT interactions_workspace_id_chatbot_id_fkey FOREIGN KEY (workspace_id, chatbot_id) REFERENCES public.chatbots(workspace_id, id);


--
-- Name: interactions interactions_workspace_id_funnel_id_funnel_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.interactions
    ADD CONSTRAINT interactions_workspace_id_funnel_id_funnel_group_id_fkey FOREIGN KEY (workspace_id, funnel_id, funnel_group_id) REFERENCES public.funnel_groups(workspace_id, funnel_id, id);


--
-- Name: interactions interactions_workspace_id_message_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.interactions
    ADD CONSTRAINT interactions_workspace_id_message_user_id_fkey FOREIGN KEY (workspace_id, message_user_id) REFERENCES public.message_users(workspace_id, id);


--
-- Name: late_days late_days_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.late_days
    ADD CONSTRAINT late_days_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: leads leads_workspace_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.accounts(workspace_id, id);


--
-- Name: leads leads_workspace_id_chatbot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_workspace_id_chatbot_id_fkey FOREIGN KEY (workspace_id, chatbot_id) REFERENCES public.chatbots(workspace_id, id);


--
-- Name: leads leads_workspace_id_message_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_workspace_id_message_user_id_fkey FOREIGN KEY (workspace_id, message_user_id) REFERENCES public.message_users(workspace_id, id);


--
-- Name: mail_outbox mail_outbox_export_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.mail_outbox
    ADD CONSTRAINT mail_outbox_export_id_fkey FOREIGN KEY (export_id) REFERENCES public.exports(id);


--
-- Name: mail_outbox mail_outbox_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.mail_outbox
    ADD CONSTRAINT mail_outbox_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: message_users message_users_workspace_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.message_users
    ADD CONSTRAINT message_users_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.accounts(workspace_id, id);


--
-- Name: messages messages_workspace_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.messages
    ADD CONSTRAINT messages_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.accounts(workspace_id, id);


--
-- Name: messages messages_workspace_id_chatbot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.messages
    ADD CONSTRAINT messages_workspace_id_chatbot_id_fkey FOREIGN KEY (workspace_id, chatbot_id) REFERENCES public.chatbots(workspace_id, id);


--
-- Name: messages messages_workspace_id_message_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.messages
    ADD CONSTRAINT messages_workspace_id_message_user_id_fkey FOREIGN KEY (workspace_id, message_user_id) REFERENCES public.message_users(workspace_id, id);


--
-- Name: metadata_keys metadata_keys_workspace_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.metadata_keys
    ADD CONSTRAINT metadata_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;


--
-- Name: records records_workspace_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_workspace_id_account_id_fkey FOREIGN KEY (workspace_id, account_id) REFERENCES public.accounts(workspace_id, id);


--
-- Name: records records_workspace_id_chatbot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_workspace_id_chatbot_id_fkey FOREIGN KEY (workspace_id, chatbot_id) REFERENCES public.chatbots(workspace_id, id);


--
-- Name: records records_workspace_id_funnel_id_funnel_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_workspace_id_funnel_id_funnel_group_id_fkey FOREIGN KEY (workspace_id, funnel_id, funnel_group_id) REFERENCES public.funnel_groups(workspace_id, funnel_id, id);


--
-- Name: records records_workspace_id_lead_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES public.leads(workspace_id, id) ON DELETE SET NULL (lead_id);


--
-- Name: records records_workspace_id_message_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: leadferry_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_workspace_id_message_user_id_fkey FOREIGN KEY (workspace_id, message_user_id) REFERENCES public.message_users(workspace_id, id);


--
-- Name: accounts; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.accounts ENABLE ROW LEVEL SECURITY;

--
-- Name: allowed_recipients; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.allowed_recipients ENABLE ROW LEVEL SECURITY;

--
-- Name: api_keys; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.api_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: archive_days; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.archive_days ENABLE ROW LEVEL SECURITY;

--
-- Name: archive_files; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.archive_files ENABLE ROW LEVEL SECURITY;

--
-- Name: chatbots; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.chatbots ENABLE ROW LEVEL SECURITY;

--
-- Name: allowed_recipients control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.allowed_recipients TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: api_keys control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.api_keys TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: archive_days control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.archive_days TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: archive_files control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.archive_files TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: event_ids control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.event_ids TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: exports control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.exports TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: idempotency_keys control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.idempotency_keys TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: instance control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.instance TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: janitors control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.janitors TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: late_days control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.late_days TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: mail_outbox control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.mail_outbox TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: rate_limits control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.rate_limits TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: upload_intents control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.upload_intents TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: workspaces control; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY control ON public.workspaces TO leadferry_system USING (true) WITH CHECK (true);


--
-- Name: event_ids; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.event_ids ENABLE ROW LEVEL SECURITY;

--
-- Name: exports; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.exports ENABLE ROW LEVEL SECURITY;

--
-- Name: funnel_groups; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.funnel_groups ENABLE ROW LEVEL SECURITY;

--
-- Name: funnels; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.funnels ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: instance; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.instance ENABLE ROW LEVEL SECURITY;

--
-- Name: interactions; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.interactions ENABLE ROW LEVEL SECURITY;

--
-- Name: janitors; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.janitors ENABLE ROW LEVEL SECURITY;

--
-- Name: late_days; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.late_days ENABLE ROW LEVEL SECURITY;

--
-- Name: leads; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.leads ENABLE ROW LEVEL SECURITY;

--
-- Name: mail_outbox; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.mail_outbox ENABLE ROW LEVEL SECURITY;

--
-- Name: message_users; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.message_users ENABLE ROW LEVEL SECURITY;

--
-- Name: messages; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

--
-- Name: metadata_keys; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.metadata_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: rate_limits; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.rate_limits ENABLE ROW LEVEL SECURITY;

--
-- Name: records; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.records ENABLE ROW LEVEL SECURITY;

--
-- Name: accounts tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.accounts TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: allowed_recipients tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.allowed_recipients TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: api_keys tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.api_keys TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: archive_days tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.archive_days TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: archive_files tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.archive_files TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: chatbots tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.chatbots TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: event_ids tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.event_ids TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: exports tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.exports TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: funnel_groups tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.funnel_groups TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: funnels tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.funnels TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: idempotency_keys tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.idempotency_keys TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: interactions tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.interactions TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: late_days tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.late_days TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: leads tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.leads TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: message_users tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.message_users TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: messages tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.messages TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: metadata_keys tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.metadata_keys TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: records tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.records TO leadferry_app USING ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((workspace_id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: workspaces tenant; Type: POLICY; Schema: public; Owner: leadferry_owner
--

CREATE POLICY tenant ON public.workspaces TO leadferry_app USING ((id = NULLIF(current_setting('app.workspace'::text, true), ''::text))) WITH CHECK ((id = NULLIF(current_setting('app.workspace'::text, true), ''::text)));


--
-- Name: upload_intents; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.upload_intents ENABLE ROW LEVEL SECURITY;

--
-- Name: workspaces; Type: ROW SECURITY; Schema: public; Owner: leadferry_owner
--

ALTER TABLE public.workspaces ENABLE ROW LEVEL SECURITY;

--
-- Name: TABLE exports; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.exports TO leadferry_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.exports TO leadferry_system;


--
-- Name: FUNCTION accept_export(request jsonb, join_in_flight boolean); Type: ACL; Schema: public; Owner: leadferry_owner
--

REVOKE ALL ON FUNCTION public.accept_export(request jsonb, join_in_flight boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.accept_export(request jsonb, join_in_flight boolean) TO leadferry_app;


--
-- Name: FUNCTION claim_export(worker_name text, lease interval, max_crashes integer); Type: ACL; Schema: public; Owner: leadferry_owner
--

REVOKE ALL ON FUNCTION public.claim_export(worker_name text, lease interval, max_crashes integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_export(worker_name text, lease interval, max_crashes integer) TO leadferry_system;


--
-- Name: FUNCTION ensure_month_partitions(since timestamp with time zone, until timestamp with time zone); Type: ACL; Schema: public; Owner: leadferry_owner
--

REVOKE ALL ON FUNCTION public.ensure_month_partitions(since timestamp with time zone, until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ensure_month_partitions(since timestamp with time zone, until timestamp with time zone) TO leadferry_app;
GRANT ALL ON FUNCTION public.ensure_month_partitions(since timestamp with time zone, until timestamp with time zone) TO leadferry_system;


--
-- Name: FUNCTION export_turns(); Type: ACL; Schema: public; Owner: leadferry_owner
--

REVOKE ALL ON FUNCTION public.export_turns() FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_turns() TO leadferry_system;


--
-- Name: FUNCTION room_to_wait(workspace text); Type: ACL; Schema: public; Owner: leadferry_owner
--

REVOKE ALL ON FUNCTION public.room_to_wait(workspace text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.room_to_wait(workspace text) TO leadferry_app;


--
-- Name: FUNCTION wait_in_turn(workspace text); Type: ACL; Schema: public; Owner: leadferry_owner
--

REVOKE ALL ON FUNCTION public.wait_in_turn(workspace text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.wait_in_turn(workspace text) TO leadferry_app;


--
-- Name: TABLE accounts; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts TO leadferry_app;


--
-- Name: TABLE allowed_recipients; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT ON TABLE public.allowed_recipients TO leadferry_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.allowed_recipients TO leadferry_system;


--
-- Name: TABLE api_keys; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT ON TABLE public.api_keys TO leadferry_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_keys TO leadferry_system;


--
-- Name: TABLE archive_days; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.archive_days TO leadferry_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.archive_days TO leadferry_system;


--
-- Name: TABLE archive_files; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT ON TABLE public.archive_files TO leadferry_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.archive_files TO leadferry_system;


--
-- Name: TABLE chatbots; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chatbots TO leadferry_app;


--
-- Name: TABLE event_ids; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT ON TABLE public.event_ids TO leadferry_app;
GRANT SELECT,DELETE,UPDATE ON TABLE public.event_ids TO leadferry_system;


--
-- Name: TABLE funnel_groups; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.funnel_groups TO leadferry_app;


--
-- Name: TABLE funnels; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.funnels TO leadferry_app;


--
-- Name: TABLE idempotency_keys; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO leadferry_app;
GRANT SELECT,DELETE ON TABLE public.idempotency_keys TO leadferry_system;


--
-- Name: TABLE instance; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT ON TABLE public.instance TO leadferry_system;


--
-- Name: TABLE interactions; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.interactions TO leadferry_app;


--
-- Name: TABLE janitors; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.janitors TO leadferry_system;


--
-- Name: TABLE late_days; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT ON TABLE public.late_days TO leadferry_app;
GRANT SELECT,DELETE ON TABLE public.late_days TO leadferry_system;


--
-- Name: TABLE leads; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.leads TO leadferry_app;


--
-- Name: SEQUENCE leads_id_seq; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT USAGE ON SEQUENCE public.leads_id_seq TO leadferry_app;


--
-- Name: TABLE mail_outbox; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mail_outbox TO leadferry_system;


--
-- Name: TABLE message_users; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_users TO leadferry_app;


--
-- Name: TABLE messages; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO leadferry_app;


--
-- Name: TABLE metadata_keys; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.metadata_keys TO leadferry_app;


--
-- Name: TABLE migrations; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT ON TABLE public.migrations TO leadferry_system;


--
-- Name: TABLE rate_limits; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rate_limits TO leadferry_system;


--
-- Name: TABLE records; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.records TO leadferry_app;


--
-- Name: TABLE upload_intents; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.upload_intents TO leadferry_system;


--
-- Name: TABLE workspaces; Type: ACL; Schema: public; Owner: leadferry_owner
--

GRANT SELECT,INSERT ON TABLE public.workspaces TO leadferry_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.workspaces TO leadferry_system;


--
-- PostgreSQL database dump complete
--


