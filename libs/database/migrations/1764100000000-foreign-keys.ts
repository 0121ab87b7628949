import type { MigrationInterface, QueryRunner } from 'typeorm';

/** [name, table, column, referenced table, referenced column]. Actors of the log have none: a person may be erased, the log not. */
const KEYS = [
  ['case_clock_case_fkey', 'case_clock', 'case_id', 'assistance_case', 'id'],
  ['case_event_case_fkey', 'case_event', 'case_id', 'assistance_case', 'id'],
  ['case_participant_case_fkey', 'case_participant', 'case_id', 'assistance_case', 'id'],
  ['case_request_case_fkey', 'case_request', 'case_id', 'assistance_case', 'id'],
  ['case_text_case_fkey', 'case_text', 'case_id', 'assistance_case', 'id'],
  ['clock_breach_case_fkey', 'clock_breach', 'case_id', 'assistance_case', 'id'],
  ['command_case_fkey', 'command', 'case_id', 'assistance_case', 'id'],
  ['mail_case_fkey', 'mail', 'case_id', 'assistance_case', 'id'],
  ['case_participant_organisation_fkey', 'case_participant', 'organisation_id', 'organisation', 'id'],
  ['assistance_case_owner_fkey', 'assistance_case', 'owner_id', 'person', 'id'],
  ['assistance_case_state_fkey', 'assistance_case', 'requesting_state', 'state', 'code'],
  ['person_organisation_fkey', 'person', 'organisation_id', 'organisation', 'id'],
  ['organisation_state_fkey', 'organisation', 'state_code', 'state', 'code'],
  ['session_person_fkey', 'session', 'person_id', 'person', 'id'],
  ['request_draft_person_fkey', 'request_draft', 'person_id', 'person', 'id'],
] as const;

/** Rows of a case cannot outlive or precede it; people and organisations that are referred to exist. */
export class ForeignKeys1764100000000 implements MigrationInterface {
  name = 'ForeignKeys1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, table, column, target, key] of KEYS)
      await runner.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${target} (${key})`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [name, table] of KEYS) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  }
}
