import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words of mails as versions that people edit, and who has confirmed which words as reviewed. */
export class MailTemplates1764860000000 implements MigrationInterface {
  name = 'MailTemplates1764860000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE mail_template_version (
     kind text NOT NULL,
     language text NOT NULL,
     version integer NOT NULL,
     subject text,
     lines text[],
     link text,
     restores integer,
     edited_by uuid NOT NULL CONSTRAINT mail_template_version_person_fkey REFERENCES person (id),
     edited_at timestamptz(3) NOT NULL,
     CONSTRAINT mail_template_version_pkey PRIMARY KEY (kind, language, version)
   )`,
  `CREATE TABLE mail_review (
     kind text NOT NULL,
     language text NOT NULL,
     words_hash text NOT NULL,
     reviewed_by uuid NOT NULL CONSTRAINT mail_review_person_fkey REFERENCES person (id),
     reviewed_at timestamptz(3) NOT NULL,
     CONSTRAINT mail_review_pkey PRIMARY KEY (kind, language, words_hash)
   )`,
];

const DOWN = ['DROP TABLE mail_review', 'DROP TABLE mail_template_version'];
