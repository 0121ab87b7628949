import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails about an account, which belong to no case; their secret lies sealed beside them until they are sent. */
const MAIL = [
  'ALTER TABLE mail ALTER COLUMN case_id DROP NOT NULL, ADD COLUMN secret text',
  'CREATE UNIQUE INDEX mail_account_once_key ON mail (kind, recipient, sequence) WHERE case_id IS NULL',
];

/** Sessions are shown to whoever they belong to: those that were begun before go on, as begun with a password. */
const SESSIONS = [
  `ALTER TABLE session
     ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
     ADD COLUMN method text NOT NULL DEFAULT 'password',
     ADD COLUMN browser text,
     ADD COLUMN last_used_at timestamptz(3) NOT NULL DEFAULT now(),
     ADD COLUMN second_factor_at timestamptz(3)`,
  `ALTER TABLE session
     ALTER COLUMN id DROP DEFAULT, ALTER COLUMN method DROP DEFAULT, ALTER COLUMN last_used_at DROP DEFAULT`,
  'ALTER TABLE session ADD CONSTRAINT session_id_key UNIQUE (id)',
  'CREATE INDEX session_person_idx ON session (person_id)',
];

const TABLES = {
  api_token: [
    `CREATE TABLE api_token (
      id uuid NOT NULL,
      person_id uuid NOT NULL,
      name text NOT NULL,
      token_hash text NOT NULL,
      scopes text array NOT NULL,
      created_at timestamptz(3) NOT NULL,
      expires_at timestamptz(3) NOT NULL,
      last_used_at timestamptz(3),
      CONSTRAINT api_token_hash_key UNIQUE (token_hash),
      CONSTRAINT api_token_pkey PRIMARY KEY (id),
      CONSTRAINT api_token_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
    )`,
    'CREATE INDEX api_token_person_idx ON api_token (person_id)',
  ],
  authenticator: [
    `CREATE TABLE authenticator (
      person_id uuid NOT NULL,
      secret text NOT NULL,
      created_at timestamptz(3) NOT NULL,
      confirmed_at timestamptz(3),
      last_step integer NOT NULL,
      CONSTRAINT authenticator_pkey PRIMARY KEY (person_id),
      CONSTRAINT authenticator_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
    )`,
  ],
  recovery_code: [
    `CREATE TABLE recovery_code (
      person_id uuid NOT NULL,
      code_hash text NOT NULL,
      CONSTRAINT recovery_code_pkey PRIMARY KEY (person_id, code_hash),
      CONSTRAINT recovery_code_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
    )`,
  ],
  password_reset: [
    `CREATE TABLE password_reset (
      browser_hash text NOT NULL,
      person_id uuid,
      code_hash text NOT NULL,
      tries integer NOT NULL,
      expires_at timestamptz(3) NOT NULL,
      CONSTRAINT password_reset_pkey PRIMARY KEY (browser_hash),
      CONSTRAINT password_reset_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
    )`,
    'CREATE INDEX password_reset_person_idx ON password_reset (person_id)',
    'CREATE INDEX password_reset_expiry_idx ON password_reset (expires_at)',
  ],
  // Nothing is lost with it: a server that stopped hard begins to count anew.
  rate_limit: [
    `CREATE UNLOGGED TABLE rate_limit (
      key text NOT NULL,
      hits integer NOT NULL,
      window_ends_at timestamptz(3) NOT NULL,
      blocked_until timestamptz(3),
      CONSTRAINT rate_limit_pkey PRIMARY KEY (key)
    )`,
    'CREATE INDEX rate_limit_window_idx ON rate_limit (window_ends_at)',
  ],
};

/** Accounts: sessions that their owner sees, second factors, tokens for programs, resets by mail, and limits. */
export class Accounts1764700000000 implements MigrationInterface {
  name = 'Accounts1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...MAIL, ...SESSIONS, ...Object.values(TABLES).flat()]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(TABLES)) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP INDEX session_person_idx');
    await runner.query(
      `ALTER TABLE session DROP CONSTRAINT session_id_key, DROP COLUMN id, DROP COLUMN method, DROP COLUMN browser,
         DROP COLUMN last_used_at, DROP COLUMN second_factor_at`,
    );
    await runner.query('DELETE FROM mail WHERE case_id IS NULL');
    await runner.query('DROP INDEX mail_account_once_key');
    await runner.query('ALTER TABLE mail DROP COLUMN secret, ALTER COLUMN case_id SET NOT NULL');
  }
}
