import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened lately on all cases, or by one person: the audit search reads the log from its newest end. */
export class AuditSearch1764741000000 implements MigrationInterface {
  name = 'AuditSearch1764741000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX case_event_recorded_idx ON case_event (recorded_at, case_id, version)');
    await runner.query(
      'CREATE INDEX case_event_actor_idx ON case_event (actor_id, recorded_at, case_id, version) WHERE actor_id IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX case_event_actor_idx');
    await runner.query('DROP INDEX case_event_recorded_idx');
  }
}
