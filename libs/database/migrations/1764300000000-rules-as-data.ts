import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Policies and calendars become versions of data; a cycle of a clock can be breached once for each target that it has had,
 * and its row says by which versions its deadline was computed.
 */
export class RulesAsData1764300000000 implements MigrationInterface {
  name = 'RulesAsData1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy_version (
        version integer CONSTRAINT policy_version_pkey PRIMARY KEY,
        effective_from timestamptz(3) NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        author_id uuid NOT NULL CONSTRAINT policy_version_author_fkey REFERENCES person (id),
        reason text NOT NULL,
        clocks jsonb NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE calendar_version (
        calendar_id text NOT NULL,
        version integer NOT NULL,
        title text NOT NULL,
        effective_from timestamptz(3) NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        author_id uuid NOT NULL CONSTRAINT calendar_version_author_fkey REFERENCES person (id),
        reason text NOT NULL,
        calendar jsonb NOT NULL,
        CONSTRAINT calendar_version_pkey PRIMARY KEY (calendar_id, version)
      )`);
    await runner.query(`
      CREATE TABLE rule_draft (
        id uuid CONSTRAINT rule_draft_pkey PRIMARY KEY,
        kind text NOT NULL,
        subject text NOT NULL,
        title text NOT NULL,
        based_on integer NOT NULL,
        body jsonb NOT NULL,
        revision integer NOT NULL,
        author_id uuid NOT NULL CONSTRAINT rule_draft_author_fkey REFERENCES person (id),
        updated_at timestamptz(3) NOT NULL
      )`);
    await runner.query('ALTER TABLE assistance_case ADD rules_changed_at timestamptz(3)');
    await runner.query(
      'CREATE INDEX assistance_case_rules_changed_idx ON assistance_case (rules_changed_at) WHERE rules_changed_at IS NOT NULL',
    );
    await runner.query(
      `CREATE INDEX command_policy_waiting_idx ON command (received_at, id) WHERE verb = 'apply-policy' AND applied_at IS NULL`,
    );
    await runner.query('ALTER TABLE clock_breach ADD epoch integer NOT NULL DEFAULT 1');
    await runner.query('ALTER TABLE clock_breach DROP CONSTRAINT clock_breach_pkey');
    await runner.query(
      'ALTER TABLE clock_breach ADD CONSTRAINT clock_breach_pkey PRIMARY KEY (case_id, clock, subject, cycle, epoch)',
    );
    await runner.query(`
      ALTER TABLE case_clock
        ADD calendar_id text,
        ADD calendar_version integer,
        ADD policy_version integer,
        ADD tzdb text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE case_clock DROP calendar_id, DROP calendar_version, DROP policy_version, DROP tzdb',
    );
    await runner.query('DELETE FROM clock_breach WHERE epoch > 1');
    await runner.query('ALTER TABLE clock_breach DROP CONSTRAINT clock_breach_pkey');
    await runner.query(
      'ALTER TABLE clock_breach ADD CONSTRAINT clock_breach_pkey PRIMARY KEY (case_id, clock, subject, cycle)',
    );
    await runner.query('ALTER TABLE clock_breach DROP epoch');
    await runner.query('DROP TABLE rule_draft');
    await runner.query('DROP INDEX command_policy_waiting_idx');
    await runner.query('ALTER TABLE assistance_case DROP rules_changed_at');
    await runner.query('DROP TABLE calendar_version');
    await runner.query('DROP TABLE policy_version');
  }
}
