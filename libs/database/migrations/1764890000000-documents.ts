import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents of cases, and apart from them what is in them. */
export class Documents1764890000000 implements MigrationInterface {
  name = 'Documents1764890000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE document (
         id uuid CONSTRAINT document_pkey PRIMARY KEY,
         case_id uuid NOT NULL CONSTRAINT document_case_fkey REFERENCES assistance_case (id),
         name text NOT NULL,
         declared_type text NOT NULL,
         detected_type text,
         size integer NOT NULL,
         sha256 text NOT NULL,
         letter text NOT NULL CONSTRAINT document_letter_check CHECK (letter = ANY (ARRAY['R', 'P'])),
         state text NOT NULL
           CONSTRAINT document_state_check CHECK (state = ANY (ARRAY['quarantined', 'clean', 'infected', 'refused'])),
         reason text,
         checked_by text,
         checked_at timestamptz(3),
         scan_after timestamptz(3) NOT NULL,
         uploaded_by uuid,
         organisation_id uuid,
         uploaded_at timestamptz(3) NOT NULL,
         source text NOT NULL,
         source_id text,
         read_by_others boolean NOT NULL DEFAULT false,
         removed_at timestamptz(3),
         erased_at timestamptz(3)
       )`,
    );
    await runner.query('CREATE INDEX document_case_idx ON document (case_id)');
    await runner.query(`CREATE INDEX document_waiting_idx ON document (scan_after) WHERE state = 'quarantined'`);
    await runner.query(
      `CREATE TABLE document_content (
         document_id uuid CONSTRAINT document_content_pkey PRIMARY KEY
           CONSTRAINT document_content_document_fkey REFERENCES document (id) ON DELETE CASCADE,
         sealed bytea NOT NULL
       )`,
    );
    // It is sealed: nothing is gained by trying to compress it.
    await runner.query('ALTER TABLE document_content ALTER COLUMN sealed SET STORAGE EXTERNAL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE document_content');
    await runner.query('DROP TABLE document');
  }
}
