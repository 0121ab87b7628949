import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answering by the link in a mail: what its address and its code stand for, known by their hashes alone. */
export class AnswerTokens1764840000000 implements MigrationInterface {
  name = 'AnswerTokens1764840000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE answer_token (
        handle_hash text CONSTRAINT answer_token_pkey PRIMARY KEY,
        mail_id uuid NOT NULL CONSTRAINT answer_token_mail_fkey REFERENCES mail (id) ON DELETE CASCADE,
        case_id uuid NOT NULL CONSTRAINT answer_token_case_fkey REFERENCES assistance_case (id),
        person_id uuid NOT NULL CONSTRAINT answer_token_person_fkey REFERENCES person (id),
        organisation_id uuid NOT NULL CONSTRAINT answer_token_organisation_fkey REFERENCES organisation (id),
        purpose text NOT NULL,
        code_hash text NOT NULL,
        wrong_codes text[] NOT NULL DEFAULT '{}',
        made_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        used_at timestamptz(3),
        revoked_at timestamptz(3)
      )`);
    await runner.query('CREATE INDEX answer_token_case_idx ON answer_token (case_id)');
    await runner.query('CREATE INDEX answer_token_mail_idx ON answer_token (mail_id)');
    await runner.query('CREATE INDEX answer_token_person_idx ON answer_token (person_id)');
    await runner.query('CREATE INDEX answer_token_expiry_idx ON answer_token (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE answer_token');
  }
}
