import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every administrative act leaves a row, chained to the one before. */
export class AdminEvents1764720000000 implements MigrationInterface {
  name = 'AdminEvents1764720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE admin_event (
        id integer CONSTRAINT admin_event_pkey PRIMARY KEY,
        at timestamptz(3) NOT NULL,
        actor_id uuid,
        action text NOT NULL,
        subject_kind text NOT NULL,
        subject_id uuid,
        body jsonb NOT NULL,
        previous_hash text NOT NULL,
        hash text NOT NULL
      )`);
    await runner.query('CREATE INDEX admin_event_subject_idx ON admin_event (subject_id, id)');
    await runner.query(`CREATE TRIGGER admin_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_event
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE admin_event');
  }
}
