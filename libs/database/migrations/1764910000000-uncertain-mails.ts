import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [`CREATE INDEX mail_event_unknown_idx ON mail_event (at) WHERE happening = 'unknown'`];
const DOWN = ['DROP INDEX mail_event_unknown_idx'];

/** What may have arrived within a day counts for how much somebody may be sent. */
export class UncertainMails1764910000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}
