import type { MigrationInterface, QueryRunner } from 'typeorm';

const ORGANISATIONS = [
  `ALTER TABLE organisation
     ADD COLUMN active boolean NOT NULL DEFAULT true,
     ADD COLUMN revision integer NOT NULL DEFAULT 1,
     ADD CONSTRAINT organisation_kind_check CHECK (kind IN ('state', 'ministry', 'mission', 'international_organisation',
       'civil_society', 'coordinator', 'isu', 'presidency', 'committee')),
     ADD CONSTRAINT organisation_office_state_check
       CHECK (kind NOT IN ('state', 'ministry', 'mission') OR state_code IS NOT NULL)`,
];

const PEOPLE = [
  `ALTER TABLE person
     ADD COLUMN disabled_at timestamptz(3),
     ADD COLUMN revision integer NOT NULL DEFAULT 1`,
  // Until now nobody was invited: whoever is not active was shut out.
  'UPDATE person SET disabled_at = now() WHERE NOT active',
  'CREATE INDEX person_organisation_idx ON person (organisation_id)',
  `CREATE TABLE person_role (
    id uuid CONSTRAINT person_role_pkey PRIMARY KEY,
    person_id uuid NOT NULL CONSTRAINT person_role_person_fkey REFERENCES person (id),
    organisation_id uuid CONSTRAINT person_role_organisation_fkey REFERENCES organisation (id),
    role text NOT NULL,
    mandate text NOT NULL,
    granted_by uuid,
    granted_at timestamptz(3) NOT NULL,
    revoked_by uuid,
    revoked_at timestamptz(3)
  )`,
  'CREATE INDEX person_role_person_idx ON person_role (person_id)',
  'CREATE UNIQUE INDEX person_role_standing_key ON person_role (person_id, role, mandate) WHERE revoked_at IS NULL',
  `INSERT INTO person_role (id, person_id, organisation_id, role, mandate, granted_at)
     SELECT gen_random_uuid(), id, organisation_id, role, 'CCM-A9', now()
     FROM (SELECT DISTINCT p.id, p.organisation_id, unnest(p.roles) AS role FROM person p) AS held`,
];

const INVITATIONS = [
  `CREATE TABLE account_invitation (
    id uuid CONSTRAINT account_invitation_pkey PRIMARY KEY,
    person_id uuid NOT NULL CONSTRAINT account_invitation_person_fkey REFERENCES person (id),
    code_hash text NOT NULL,
    attempts integer NOT NULL,
    invited_by uuid,
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    ended_at timestamptz(3)
  )`,
  'CREATE INDEX account_invitation_person_idx ON account_invitation (person_id)',
  `CREATE TABLE taken_key (
    id uuid CONSTRAINT taken_key_pkey PRIMARY KEY,
    payload_hash text NOT NULL,
    taken_at timestamptz(3) NOT NULL
  )`,
];

/** Organisations of a known kind; dated grants of roles; invitations with a code; and keys of requests that were sent before. */
export class OrganisationsAndPeople1764721000000 implements MigrationInterface {
  name = 'OrganisationsAndPeople1764721000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ORGANISATIONS, ...PEOPLE, ...INVITATIONS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['taken_key', 'account_invitation', 'person_role']) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP INDEX person_organisation_idx');
    await runner.query('ALTER TABLE person DROP COLUMN revision, DROP COLUMN disabled_at');
    await runner.query(
      `ALTER TABLE organisation DROP CONSTRAINT organisation_office_state_check, DROP CONSTRAINT organisation_kind_check,
         DROP COLUMN revision, DROP COLUMN active`,
    );
  }
}
