import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails that failed before anything followed from that: nobody is told of them now, months later. */
export class FailuresBeforeFollowUp1764880000000 implements MigrationInterface {
  name = 'FailuresBeforeFollowUp1764880000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE mail SET followed_up_at = now() WHERE state IN ('failed', 'bounced') AND followed_up_at IS NULL`,
    );
  }

  /** Which of them had been followed up before is not known any more, and nothing needs it. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
