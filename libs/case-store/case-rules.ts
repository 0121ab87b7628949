import type { DataSource, EntityManager } from 'typeorm';
import { CalendarVersionRow } from '#libs/database/entities/calendar-version.entity.js';
import { PolicyVersionRow } from '#libs/database/entities/policy-version.entity.js';
import { DELIVERED_CALENDARS } from '#libs/domain/calendar/calendar-book.js';
import type { CalendarBook } from '#libs/domain/calendar/calendar-book.js';
import type { CalendarHistory } from '#libs/domain/calendar/calendar.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { withLaterClocks } from '#libs/domain/case/delivered-policy.js';
import { DELIVERED_POLICY } from '#libs/domain/case/policy-book.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';

/** Held shared by whoever computes deadlines, and alone by whoever publishes: no version begins behind anybody's back. */
const RULES_LOCK = 48_001;

interface Known {
  /** How many versions there were. Rows are only ever added. */
  stamp: string;
  rules: CaseRules;
}
/** Versions never change, and the engine remembers the days of a calendar by the object: one object for each. */
const known = new WeakMap<DataSource, Known>();

/** The rules in force, and all that were: read again only when a version has been added. */
export async function readRules(manager: EntityManager): Promise<CaseRules> {
  const [row] = await manager.query<{ stamp: string }[]>(
    `SELECT (SELECT count(*) FROM policy_version) || '/' || (SELECT count(*) FROM calendar_version)
     || '/' || (SELECT count(*) FROM mail_policy_version) AS stamp`,
  );
  const stamp = row?.stamp ?? '';
  const last = known.get(manager.connection);
  if (last?.stamp === stamp) return last.rules;
  const rules = await load(manager, last?.rules);
  known.set(manager.connection, { stamp, rules });
  return rules;
}

/** The same inside a transaction that computes deadlines: until it ends, nothing is published. */
export async function holdRules(manager: EntityManager): Promise<CaseRules> {
  await manager.query('SELECT pg_advisory_xact_lock_shared($1)', [RULES_LOCK]);
  return readRules(manager);
}

/** Waits for everybody who computes, and keeps others out until the transaction of the publication ends. */
export async function lockRules(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [RULES_LOCK]);
}

async function load(manager: EntityManager, before?: CaseRules): Promise<CaseRules> {
  const policies = await manager.find(PolicyVersionRow, { order: { version: 'ASC' } });
  const calendars = await manager.find(CalendarVersionRow, { order: { calendarId: 'ASC', version: 'ASC' } });
  return {
    policies: [
      DELIVERED_POLICY,
      ...policies.map(({ version, effectiveFrom, clocks }) => ({
        version,
        from: effectiveFrom.getTime(),
        clocks: withLaterClocks(clocks),
      })),
    ],
    calendars: calendarBook(calendars, before?.calendars),
    silentReminders: (await currentMailPolicy(manager)).silence.reminders,
  };
}

function calendarBook(rows: readonly CalendarVersionRow[], before?: CalendarBook): CalendarBook {
  const book = new Map<string, CalendarHistory>(DELIVERED_CALENDARS);
  for (const { calendarId, version, effectiveFrom, recordedAt, calendar } of rows) {
    const earlier = book.get(calendarId) ?? [];
    const known = before?.get(calendarId)?.find((one) => one.calendar.version === version);
    const published = { from: effectiveFrom.getTime(), recordedAt: recordedAt.getTime(), calendar };
    book.set(calendarId, [...earlier, known ?? published]);
  }
  return book;
}
