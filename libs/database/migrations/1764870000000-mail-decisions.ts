import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails that did not arrive for certain wait for somebody's decision, and the whole ledger is read by when a mail is due. */
export class MailDecisions1764870000000 implements MigrationInterface {
  name = 'MailDecisions1764870000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  'ALTER TABLE mail ADD COLUMN left_at timestamptz(3)',
  `CREATE INDEX mail_undecided_idx ON mail (send_after, id)
     WHERE state IN ('failed', 'unknown', 'bounced') AND left_at IS NULL`,
  'CREATE INDEX mail_send_after_idx ON mail (send_after, id)',
];

const DOWN = [
  'DROP INDEX mail_send_after_idx',
  'DROP INDEX mail_undecided_idx',
  'ALTER TABLE mail DROP COLUMN left_at',
];
