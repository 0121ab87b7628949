import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a mail is owed, to whom it really goes, what holds it, and everything that has happened to it; how people want theirs; rules of mail as data. */
export class MailLedgerComplete1764800000000 implements MigrationInterface {
  name = 'MailLedgerComplete1764800000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `ALTER TABLE mail
     ADD COLUMN class text NOT NULL DEFAULT 'single',
     ADD COLUMN held_for text,
     ADD COLUMN cause text NOT NULL DEFAULT '',
     ADD COLUMN party text,
     ADD COLUMN person_id uuid CONSTRAINT mail_person_fkey REFERENCES person (id),
     ADD COLUMN organisation_id uuid CONSTRAINT mail_organisation_fkey REFERENCES organisation (id),
     ADD COLUMN reader jsonb,
     ADD COLUMN digest_id uuid CONSTRAINT mail_digest_fkey REFERENCES mail (id),
     ADD COLUMN bounced_at timestamptz(3),
     ADD COLUMN followed_up_at timestamptz(3),
     ADD COLUMN template integer`,
  `UPDATE mail SET class = 'urgent' WHERE kind = 'escalation' OR kind = 'breach' OR case_id IS NULL`,
  'DROP INDEX mail_due_idx',
  `CREATE INDEX mail_due_idx ON mail (class, send_after, id) WHERE state = 'due'`,
  `CREATE INDEX mail_recipient_idx ON mail (recipient, sent_at)`,
  `CREATE UNIQUE INDEX mail_message_id_key ON mail (message_id)`,
  `CREATE INDEX mail_digest_idx ON mail (digest_id) WHERE digest_id IS NOT NULL`,
  `CREATE TABLE mail_event (
     id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT mail_event_pkey PRIMARY KEY,
     mail_id uuid NOT NULL CONSTRAINT mail_event_mail_fkey REFERENCES mail (id),
     at timestamptz(3) NOT NULL,
     happening text NOT NULL,
     attempt integer,
     detail text,
     person_id uuid CONSTRAINT mail_event_person_fkey REFERENCES person (id)
   )`,
  `CREATE INDEX mail_failed_idx ON mail (id) WHERE state IN ('failed', 'bounced') AND followed_up_at IS NULL`,
  'CREATE INDEX mail_event_mail_idx ON mail_event (mail_id, id)',
  `ALTER TABLE person
     ADD COLUMN mail_rhythm text,
     ADD COLUMN work_days text[],
     ADD COLUMN work_from text,
     ADD COLUMN work_until text`,
  `CREATE TABLE mail_policy_version (
     version integer CONSTRAINT mail_policy_version_pkey PRIMARY KEY,
     policy jsonb NOT NULL,
     reason text NOT NULL,
     published_by uuid CONSTRAINT mail_policy_version_person_fkey REFERENCES person (id),
     published_at timestamptz(3) NOT NULL
   )`,
];

const DOWN = [
  'DROP TABLE mail_policy_version',
  'ALTER TABLE person DROP COLUMN mail_rhythm, DROP COLUMN work_days, DROP COLUMN work_from, DROP COLUMN work_until',
  'DROP TABLE mail_event',
  'DROP INDEX mail_failed_idx',
  'DROP INDEX mail_digest_idx',
  'DROP INDEX mail_message_id_key',
  'DROP INDEX mail_recipient_idx',
  'DROP INDEX mail_due_idx',
  `ALTER TABLE mail DROP COLUMN class, DROP COLUMN held_for, DROP COLUMN cause, DROP COLUMN party, DROP COLUMN person_id,
     DROP COLUMN organisation_id, DROP COLUMN reader, DROP COLUMN digest_id, DROP COLUMN bounced_at, DROP COLUMN followed_up_at, DROP COLUMN template`,
  `CREATE INDEX mail_due_idx ON mail (send_after, id) WHERE state = 'due'`,
];
