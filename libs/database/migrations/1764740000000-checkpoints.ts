import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signed statements of where every log ended, and the leaves of the tree under them. */
export class Checkpoints1764740000000 implements MigrationInterface {
  name = 'Checkpoints1764740000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE checkpoint (
        number integer CONSTRAINT checkpoint_pkey PRIMARY KEY,
        at timestamptz(3) NOT NULL,
        size integer NOT NULL,
        root text NOT NULL,
        note text NOT NULL,
        subtrees text[] NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE checkpoint_leaf (
        position integer CONSTRAINT checkpoint_leaf_pkey PRIMARY KEY,
        log text NOT NULL,
        subject text NOT NULL,
        version integer NOT NULL,
        hash text NOT NULL
      )`);
    await runner.query('CREATE INDEX checkpoint_leaf_subject_idx ON checkpoint_leaf (log, subject, position)');
    for (const table of ['checkpoint', 'checkpoint_leaf'])
      await runner.query(`CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE checkpoint_leaf');
    await runner.query('DROP TABLE checkpoint');
  }
}
