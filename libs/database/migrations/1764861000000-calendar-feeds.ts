import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses at which people's calendars read their own deadlines. */
export class CalendarFeeds1764861000000 implements MigrationInterface {
  name = 'CalendarFeeds1764861000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE calendar_feed (
         person_id uuid CONSTRAINT calendar_feed_pkey PRIMARY KEY
           CONSTRAINT calendar_feed_person_fkey REFERENCES person (id),
         token_hash text NOT NULL CONSTRAINT calendar_feed_token_key UNIQUE,
         created_at timestamptz(3) NOT NULL,
         last_used_at timestamptz(3)
       )`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE calendar_feed');
  }
}
