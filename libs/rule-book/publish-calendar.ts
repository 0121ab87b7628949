import type { DataSource, EntityManager } from 'typeorm';
import { lockRules, readRules } from '#libs/case-store/case-rules.js';
import { productNow } from '#libs/case-store/product-time.js';
import { CalendarVersionRow } from '#libs/database/entities/calendar-version.entity.js';
import type { WorkingCalendar } from '#libs/domain/calendar/calendar.js';
import { validateCalendar } from '#libs/domain/calendar/validate.js';
import type { Publication } from './publication.js';
import { NotPublishable, startOf, StaleDraft } from './publication.js';

export interface CalendarDraft extends Publication {
  title: string;
  /** Its id names the calendar; its version is given here. */
  calendar: Omit<WorkingCalendar, 'version'>;
}

const ID = /^[a-z][a-z0-9-]{1,59}$/;

/**
 * Publishes a version of a working calendar. It applies from `from` on to every clock that goes by it; time already
 * counted is never counted again (sla.md 2.6). Every open case looks at its clocks anew. Returns its number.
 * @throws NotPublishable naming the fields · StaleDraft when another version came meanwhile
 */
export function publishCalendar(dataSource: DataSource, draft: CalendarDraft): Promise<number> {
  return dataSource.transaction(async (manager) => {
    await lockRules(manager);
    const { calendars } = await readRules(manager);
    const before = calendars.get(draft.calendar.id)?.at(-1);
    const last = before?.calendar.version ?? 0;
    if (draft.basedOn !== last) throw new StaleDraft(last);
    const now = await productNow(manager);
    const calendar = { ...draft.calendar, version: last + 1 };
    const problems = problemsOf(draft, calendar);
    if (problems.length) throw new NotPublishable(problems);
    const { title, reason, authorId } = draft;
    await manager.insert(CalendarVersionRow, {
      calendarId: calendar.id,
      version: calendar.version,
      title,
      effectiveFrom: startOf(draft, now, before?.from ?? -Infinity),
      recordedAt: new Date(now),
      authorId,
      reason,
      calendar: calendar as never,
    });
    await markOpenCases(manager);
    return calendar.version;
  });
}

function problemsOf({ title }: CalendarDraft, calendar: WorkingCalendar) {
  return [
    ...(ID.test(calendar.id) ? [] : [{ field: 'id', message: 'must be like this: un-geneva' }]),
    ...(title.trim() && title.length <= 120
      ? []
      : [{ field: 'title', message: 'must name it in at most 120 characters' }]),
    ...validateCalendar(calendar),
  ];
}

/** In the transaction of the publication, so that no case can miss it; the worker hands them on (RuleChanges). */
async function markOpenCases(manager: EntityManager): Promise<void> {
  await manager.query('UPDATE assistance_case SET rules_changed_at = now() WHERE NOT ended');
}
