import type { DataSource } from 'typeorm';

const EVERY_MS = 10_000;

/** Tells the deployment every ten seconds that this process is up; the readiness page reads it. Stops with the returned function. */
export function reportPresence(dataSource: DataSource, name: 'worker' | 'mailer'): () => void {
  const report = () =>
    dataSource
      .query(
        `INSERT INTO deployment (name, value) VALUES ($1, jsonb_build_object('at', now()))
         ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        [`seen:${name}`],
      )
      // While PostgreSQL is away there is nobody to tell; the next report says that we are back.
      .catch(() => undefined);
  void report();
  const timer = setInterval(() => void report(), EVERY_MS);
  return () => clearInterval(timer);
}
