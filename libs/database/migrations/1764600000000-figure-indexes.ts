import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What monitoring asks every few seconds: what the clocks recorded lately, and what stands open, late or unsent. */
export class FigureIndexes1764600000000 implements MigrationInterface {
  name = 'FigureIndexes1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX case_event_clock_idx ON case_event (recorded_at) WHERE actor_id IS NULL');
    await runner.query('CREATE INDEX assistance_case_wake_idx ON assistance_case (next_wake_at) WHERE NOT ended');
    await runner.query('CREATE INDEX case_clock_open_idx ON case_clock (due_at) WHERE stopped_at IS NULL');
    await runner.query(`CREATE INDEX mail_unsent_idx ON mail (state) WHERE state IN ('failed', 'unknown')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['mail_unsent_idx', 'case_clock_open_idx', 'assistance_case_wake_idx', 'case_event_clock_idx'])
      await runner.query(`DROP INDEX ${index}`);
  }
}
