import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one-click addresses of digests (RFC 8058), by the hash of their token. */
export class MailUnsubscribe1764810000000 implements MigrationInterface {
  name = 'MailUnsubscribe1764810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE mail_unsubscribe (
         token_hash text CONSTRAINT mail_unsubscribe_pkey PRIMARY KEY,
         person_id uuid NOT NULL CONSTRAINT mail_unsubscribe_person_fkey REFERENCES person (id),
         made_at timestamptz(3) NOT NULL,
         used_at timestamptz(3)
       )`,
    );
    await runner.query('CREATE INDEX mail_unsubscribe_person_idx ON mail_unsubscribe (person_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mail_unsubscribe');
  }
}
