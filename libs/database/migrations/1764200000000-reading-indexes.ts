import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lists sort cases without a running clock last, so the index holds what they sort by; the mailer looks every few
 * seconds for mails that another one left in hand, which must not read every mail ever sent;
 * and whoever signs in clears away the sessions that have ended.
 */
export class ReadingIndexes1764200000000 implements MigrationInterface {
  name = 'ReadingIndexes1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX assistance_case_queue_idx');
    await runner.query(
      `CREATE INDEX assistance_case_queue_idx ON assistance_case (coalesce(nearest_due_at, 'infinity'::timestamptz), id)`,
    );
    await runner.query(`CREATE INDEX mail_in_hand_idx ON mail (claimed_at) WHERE state IN ('claimed', 'sending')`);
    await runner.query('CREATE INDEX session_expiry_idx ON session (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX session_expiry_idx');
    await runner.query('DROP INDEX mail_in_hand_idx');
    await runner.query('DROP INDEX assistance_case_queue_idx');
    await runner.query('CREATE INDEX assistance_case_queue_idx ON assistance_case (nearest_due_at, id)');
  }
}
