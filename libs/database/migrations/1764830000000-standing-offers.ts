import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What organisations offer to whoever asks, each for a year at most. */
export class StandingOffers1764830000000 implements MigrationInterface {
  name = 'StandingOffers1764830000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE standing_offer');
  }
}

const UP = [
  `CREATE TABLE standing_offer (
     id uuid CONSTRAINT standing_offer_pkey PRIMARY KEY,
     organisation_id uuid NOT NULL CONSTRAINT standing_offer_organisation_fkey REFERENCES organisation (id),
     need_types text[] NOT NULL,
     legal_systems text[] NOT NULL,
     languages text[] NOT NULL,
     regions text[] NOT NULL,
     states text[] NOT NULL,
     modalities text[] NOT NULL,
     funding boolean NOT NULL,
     capacity_per_year integer NOT NULL,
     lead_time_days integer NOT NULL,
     conditions text NOT NULL,
     contact_name text NOT NULL,
     contact_email text NOT NULL,
     public boolean NOT NULL DEFAULT true,
     valid_until date NOT NULL,
     confirmed_at timestamptz(3) NOT NULL,
     withdrawn_at timestamptz(3),
     author_id uuid NOT NULL CONSTRAINT standing_offer_author_fkey REFERENCES person (id),
     created_at timestamptz(3) NOT NULL,
     revision integer NOT NULL DEFAULT 1
   )`,
  'CREATE INDEX standing_offer_organisation_idx ON standing_offer (organisation_id)',
  'CREATE INDEX standing_offer_valid_idx ON standing_offer (valid_until, id) WHERE withdrawn_at IS NULL',
];
