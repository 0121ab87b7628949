import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replies, bounces and automatic answers that come in by mail. */
export class InboundMail1764850000000 implements MigrationInterface {
  name = 'InboundMail1764850000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inbound_mail');
  }
}

const UP = [
  `CREATE TABLE inbound_mail (
     id uuid CONSTRAINT inbound_mail_pkey PRIMARY KEY,
     kind text NOT NULL,
     state text NOT NULL,
     found_by text,
     case_id uuid CONSTRAINT inbound_mail_case_fkey REFERENCES assistance_case (id),
     mail_id uuid CONSTRAINT inbound_mail_mail_fkey REFERENCES mail (id),
     person_id uuid CONSTRAINT inbound_mail_person_fkey REFERENCES person (id),
     party text,
     organisation_id uuid CONSTRAINT inbound_mail_organisation_fkey REFERENCES organisation (id),
     sender text NOT NULL,
     sender_name text NOT NULL,
     subject text NOT NULL,
     text text NOT NULL,
     original text,
     attachments jsonb NOT NULL,
     message_id text NOT NULL,
     fingerprint text NOT NULL,
     received_at timestamptz(3) NOT NULL,
     decided_at timestamptz(3),
     decided_by uuid CONSTRAINT inbound_mail_decided_by_fkey REFERENCES person (id),
     meaning text,
     reason text
   )`,
  'CREATE UNIQUE INDEX inbound_mail_fingerprint_key ON inbound_mail (fingerprint)',
  'CREATE INDEX inbound_mail_case_idx ON inbound_mail (case_id, received_at) WHERE case_id IS NOT NULL',
  `CREATE INDEX inbound_mail_triage_idx ON inbound_mail (received_at, id) WHERE case_id IS NULL AND state = 'waiting'`,
];
