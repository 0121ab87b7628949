import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of a mail that is on no case yet: of that mail alone, and gone with it. */
export class FilesInTriage1764900000000 implements MigrationInterface {
  name = 'FilesInTriage1764900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE document ALTER COLUMN case_id DROP NOT NULL,
         ADD COLUMN stray_mail_id uuid
           CONSTRAINT document_stray_mail_fkey REFERENCES inbound_mail (id) ON DELETE CASCADE,
         ADD CONSTRAINT document_place_check CHECK ((case_id IS NULL) <> (stray_mail_id IS NULL))`,
    );
    await runner.query('CREATE INDEX document_stray_idx ON document (stray_mail_id) WHERE stray_mail_id IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM document WHERE case_id IS NULL');
    await runner.query('ALTER TABLE document DROP COLUMN stray_mail_id, ALTER COLUMN case_id SET NOT NULL');
  }
}
