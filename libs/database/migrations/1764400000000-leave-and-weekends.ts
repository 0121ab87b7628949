import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who stands in for somebody away, and on which days a State rests: what can wait is delivered by both. */
export class LeaveAndWeekends1764400000000 implements MigrationInterface {
  name = 'LeaveAndWeekends1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE state ADD COLUMN weekend text[]');
    await runner.query(
      `ALTER TABLE person ADD COLUMN on_leave_from date, ADD COLUMN on_leave_until date, ADD COLUMN delegate_id uuid,
         ADD CONSTRAINT person_delegate_fkey FOREIGN KEY (delegate_id) REFERENCES person (id)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE person DROP COLUMN delegate_id, DROP COLUMN on_leave_until, DROP COLUMN on_leave_from',
    );
    await runner.query('ALTER TABLE state DROP COLUMN weekend');
  }
}
