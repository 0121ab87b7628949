import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE assistance_case (
    id uuid NOT NULL,
    reference text NOT NULL,
    version integer NOT NULL,
    stage text NOT NULL,
    side_state text,
    priority text,
    owner_id uuid,
    requesting_state text NOT NULL,
    awaiting text,
    opened_at timestamptz(3) NOT NULL,
    touched_at timestamptz(3) NOT NULL,
    nearest_due_at timestamptz(3),
    nearest_clock text,
    soon_at timestamptz(3),
    paused boolean NOT NULL,
    ended boolean NOT NULL,
    next_wake_at timestamptz(3),
    workflow_started_at timestamptz(3),
    state jsonb NOT NULL,
    CONSTRAINT assistance_case_reference_key UNIQUE (reference),
    CONSTRAINT assistance_case_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX assistance_case_unstarted_idx ON assistance_case (opened_at) WHERE workflow_started_at IS NULL`,
  `CREATE INDEX assistance_case_state_idx ON assistance_case (requesting_state, id)`,
  `CREATE INDEX assistance_case_queue_idx ON assistance_case (nearest_due_at, id)`,
  `CREATE TABLE case_clock (
    case_id uuid NOT NULL,
    name text NOT NULL,
    subject text NOT NULL,
    cycle integer NOT NULL,
    state text NOT NULL,
    started_at timestamptz(3) NOT NULL,
    due_at timestamptz(3),
    soon_at timestamptz(3),
    stopped_at timestamptz(3),
    breached_at timestamptz(3),
    CONSTRAINT case_clock_pkey PRIMARY KEY (case_id, name, subject, cycle)
  )`,
  `CREATE INDEX case_clock_due_idx ON case_clock (due_at)`,
  `CREATE TABLE case_event (
    case_id uuid NOT NULL,
    version integer NOT NULL,
    type text NOT NULL,
    effective_at timestamptz(3) NOT NULL,
    recorded_at timestamptz(3) NOT NULL,
    actor_id uuid,
    body jsonb NOT NULL,
    previous_hash text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT case_event_pkey PRIMARY KEY (case_id, version)
  )`,
  `CREATE TABLE case_participant (
    case_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    status text NOT NULL,
    CONSTRAINT case_participant_pkey PRIMARY KEY (case_id, organisation_id)
  )`,
  `CREATE INDEX case_participant_organisation_idx ON case_participant (organisation_id, case_id)`,
  `CREATE TABLE case_request (
    case_id uuid NOT NULL,
    salt text NOT NULL,
    form jsonb,
    CONSTRAINT case_request_pkey PRIMARY KEY (case_id)
  )`,
  `CREATE TABLE case_text (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    salt text NOT NULL,
    content text,
    CONSTRAINT case_text_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX case_text_case_idx ON case_text (case_id)`,
  `CREATE TABLE caught_mail (
    id BIGSERIAL NOT NULL,
    message_id text NOT NULL,
    "from" text NOT NULL,
    "to" text array NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL,
    headers jsonb NOT NULL,
    received_at timestamptz(3) NOT NULL,
    CONSTRAINT caught_mail_pkey PRIMARY KEY (id)
  )`,
  `CREATE TABLE clock_breach (
    case_id uuid NOT NULL,
    clock text NOT NULL,
    subject text NOT NULL,
    cycle integer NOT NULL,
    due_at timestamptz(3) NOT NULL,
    cause text NOT NULL,
    recorded_at timestamptz(3) NOT NULL,
    rescinded_at timestamptz(3),
    excused_at timestamptz(3),
    CONSTRAINT clock_breach_pkey PRIMARY KEY (case_id, clock, subject, cycle)
  )`,
  `CREATE TABLE command (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    actor_id uuid NOT NULL,
    verb text NOT NULL,
    payload_hash text NOT NULL,
    body jsonb,
    received_at timestamptz(3) NOT NULL,
    applied_at timestamptz(3),
    result_version integer,
    CONSTRAINT command_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX command_case_idx ON command (case_id)`,
  `CREATE TABLE deployment (
    name text NOT NULL,
    value jsonb NOT NULL,
    CONSTRAINT deployment_pkey PRIMARY KEY (name)
  )`,
  `CREATE TABLE mail (
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    kind text NOT NULL,
    recipient text NOT NULL,
    recipient_name text NOT NULL,
    sequence text NOT NULL,
    delivery text NOT NULL,
    language text NOT NULL,
    parameters jsonb NOT NULL,
    state text NOT NULL,
    send_after timestamptz(3) NOT NULL,
    attempts integer NOT NULL,
    message_id text NOT NULL,
    claimed_at timestamptz(3),
    sent_at timestamptz(3),
    response text,
    CONSTRAINT mail_once_key UNIQUE (case_id, kind, recipient, sequence),
    CONSTRAINT mail_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX mail_due_idx ON mail (send_after, id) WHERE state = 'due'`,
  `CREATE TABLE organisation (
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    state_code text,
    responder boolean NOT NULL,
    demo boolean NOT NULL,
    CONSTRAINT organisation_code_key UNIQUE (code),
    CONSTRAINT organisation_pkey PRIMARY KEY (id)
  )`,
  `CREATE TABLE person (
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text,
    organisation_id uuid,
    roles text array NOT NULL,
    language text NOT NULL,
    timezone text NOT NULL,
    active boolean NOT NULL,
    CONSTRAINT person_email_key UNIQUE (email),
    CONSTRAINT person_pkey PRIMARY KEY (id)
  )`,
  `CREATE TABLE reference_counter (
    mandate text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT reference_counter_pkey PRIMARY KEY (mandate, year)
  )`,
  `CREATE TABLE request_draft (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    answers jsonb NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    reference text,
    CONSTRAINT request_draft_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX request_draft_person_idx ON request_draft (person_id)`,
  `CREATE TABLE session (
    token_hash text NOT NULL,
    person_id uuid NOT NULL,
    csrf_token text NOT NULL,
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    CONSTRAINT session_pkey PRIMARY KEY (token_hash)
  )`,
  `CREATE TABLE state (
    code text NOT NULL,
    name text NOT NULL,
    region text,
    ccm_status text NOT NULL,
    language text NOT NULL,
    timezone text NOT NULL,
    signed date,
    ratified date,
    entry_into_force date,
    "article9_status" text NOT NULL,
    confidence text NOT NULL,
    source text NOT NULL,
    demo boolean NOT NULL,
    CONSTRAINT state_pkey PRIMARY KEY (code)
  )`,
  // A tripwire, not a fence: the log of a case is only ever added to.
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`,
  `CREATE TRIGGER case_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];

export class InitialSchema1764000000000 implements MigrationInterface {
  name = 'InitialSchema1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The first migration has nothing to go back to: drop the database instead.'));
  }
}
