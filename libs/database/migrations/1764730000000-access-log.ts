import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has looked at which case, through which door, and on what grounds. The table takes rows and never changes them. */
export class AccessLog1764730000000 implements MigrationInterface {
  name = 'AccessLog1764730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE access_log (
         id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT access_log_pkey PRIMARY KEY,
         at timestamptz(3) NOT NULL,
         person_id uuid NOT NULL,
         case_id uuid NOT NULL CONSTRAINT access_log_case_fkey REFERENCES assistance_case (id),
         field_groups text[] NOT NULL,
         why text[] NOT NULL,
         door text NOT NULL,
         request_id text
       )`,
    );
    await runner.query('CREATE INDEX access_log_case_idx ON access_log (case_id, at)');
    // The tripwire that the log of a case has.
    await runner.query(
      `CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE access_log');
  }
}
