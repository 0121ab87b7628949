import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ways in beside the password: an identity provider, passkeys, and a code by mail for whoever follows one request. */
export class OtherWaysIn1764710000000 implements MigrationInterface {
  name = 'OtherWaysIn1764710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE person ADD COLUMN guest boolean NOT NULL DEFAULT false');
    // The folded state says whose case it is, so that a right can hold for one case alone.
    await runner.query(`UPDATE assistance_case SET state = state || jsonb_build_object('caseId', id)`);
    await runner.query(`
      CREATE TABLE sign_in_attempt (
        secret_hash text CONSTRAINT sign_in_attempt_pkey PRIMARY KEY,
        kind text NOT NULL,
        data jsonb NOT NULL,
        expires_at timestamptz(3) NOT NULL
      )`);
    await runner.query('CREATE INDEX sign_in_attempt_expiry_idx ON sign_in_attempt (expires_at)');
    await runner.query(`
      CREATE TABLE person_identity (
        issuer text NOT NULL,
        subject text NOT NULL,
        person_id uuid NOT NULL CONSTRAINT person_identity_person_fkey REFERENCES person (id),
        bound_at timestamptz(3) NOT NULL,
        CONSTRAINT person_identity_pkey PRIMARY KEY (issuer, subject)
      )`);
    await runner.query('CREATE INDEX person_identity_person_idx ON person_identity (person_id)');
    await runner.query(`
      CREATE TABLE passkey (
        credential_id text CONSTRAINT passkey_pkey PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT passkey_person_fkey REFERENCES person (id),
        name text NOT NULL,
        public_key bytea NOT NULL,
        uses bigint NOT NULL,
        transports text[] NOT NULL,
        created_at timestamptz(3) NOT NULL,
        used_at timestamptz(3)
      )`);
    await runner.query('CREATE INDEX passkey_person_idx ON passkey (person_id)');
    await runner.query(`
      CREATE TABLE case_guest (
        case_id uuid NOT NULL CONSTRAINT case_guest_case_fkey REFERENCES assistance_case (id),
        person_id uuid NOT NULL CONSTRAINT case_guest_person_fkey REFERENCES person (id),
        contact_hash text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT case_guest_pkey PRIMARY KEY (person_id),
        CONSTRAINT case_guest_contact_key UNIQUE (case_id, contact_hash)
      )`);
    await runner.query(`
      CREATE TABLE follow_code (
        browser_hash text CONSTRAINT follow_code_pkey PRIMARY KEY,
        contact_hash text NOT NULL CONSTRAINT follow_code_contact_key UNIQUE,
        case_id uuid CONSTRAINT follow_code_case_fkey REFERENCES assistance_case (id),
        code_hash text NOT NULL,
        tries integer NOT NULL,
        expires_at timestamptz(3) NOT NULL
      )`);
    await runner.query('CREATE INDEX follow_code_expiry_idx ON follow_code (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['follow_code', 'case_guest', 'passkey', 'person_identity', 'sign_in_attempt'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`UPDATE assistance_case SET state = state - 'caseId'`);
    await runner.query('ALTER TABLE person DROP COLUMN guest');
  }
}
