import { Client } from 'pg';
import { GENESIS, hashOf, readLog } from '#libs/case-store/event-log.js';
import type { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import type { CaseWorld } from './case-world.js';
import { asOwner } from './database.js';

export const TRIGGER_OFF = 'ALTER TABLE case_event DISABLE TRIGGER case_event_append_only';

/** Puts another log in the place of one, with hashes that fit, and everything derived from it. */
export async function writeLogAnew(world: CaseWorld, caseId: string, rows: readonly CaseEvent[]): Promise<void> {
  let previousHash = GENESIS;
  const chained = rows.map((row, index) => {
    const next = { ...row, version: index + 1, previousHash };
    previousHash = hashOf(next);
    return { ...next, hash: previousHash };
  });
  await asOwner(world.url, TRIGGER_OFF, ['DELETE FROM case_event WHERE case_id = $1', [caseId]]);
  await world.dataSource.getRepository('case_event').insert(chained);
  await tidyUp(world, caseId);
}

/** What somebody does who knows the product well: nothing is left that points to what was taken out. */
async function tidyUp(world: CaseWorld, caseId: string): Promise<void> {
  const log = await readLog(world.dataSource.manager, caseId);
  const kept = JSON.stringify(log.map(({ body }) => body));
  await asOwner(
    world.url,
    ['DELETE FROM command WHERE case_id = $1 AND result_version > $2', [caseId, log.length]],
    [`DELETE FROM mail WHERE case_id = $1 AND sequence ~ '^[0-9]+$' AND sequence::int > $2`, [caseId, log.length]],
    ['DELETE FROM case_text WHERE case_id = $1 AND position(id::text IN $2) = 0', [caseId, kept]],
  );
  await world.store.rebuild(caseId);
}

/** @returns the name of a database that is as this one was now, as a dump of it */
export async function dumpOf(world: CaseWorld): Promise<string> {
  const name = nameOf(world);
  await apart(world, `CREATE DATABASE ${name}_dump TEMPLATE ${name}`);
  return `${name}_dump`;
}

/** Puts a dump in the place of the database. */
export async function restore(world: CaseWorld, dump: string): Promise<void> {
  const name = nameOf(world);
  await apart(world, `DROP DATABASE ${name}`, `CREATE DATABASE ${name} TEMPLATE ${dump}`);
}

const nameOf = ({ url }: CaseWorld): string => new URL(url).pathname.slice(1);

/** While nobody is connected. */
async function apart({ dataSource }: CaseWorld, ...statements: string[]): Promise<void> {
  await dataSource.destroy();
  const admin = new Client(process.env['TEST_DATABASE_URL']);
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
  await dataSource.initialize();
}
