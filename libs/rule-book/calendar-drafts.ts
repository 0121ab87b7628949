import type { DataSource, EntityManager } from 'typeorm';
import { Person } from '#libs/database/entities/person.entity.js';
import { RuleDraft } from '#libs/database/entities/rule-draft.entity.js';
import type { CalendarContent } from './read-calendar.js';
import { deleteDraft, findDraft, insertDraft, updateDraft } from './rule-drafts.js';

/** A calendar that is being worked on. Its content is always one that could be published. */
export interface CalendarDraftView {
  id: string;
  title: string;
  basedOn: number;
  revision: number;
  calendar: CalendarContent;
  /** Name of whoever saved it last. */
  by: string;
  updatedAt: Date;
}

/** Somebody else has saved the draft meanwhile. */
export class DraftChanged extends Error {
  override name = 'DraftChanged';
}

interface Begun {
  title: string;
  basedOn: number;
  calendar: CalendarContent;
  authorId: string;
}

/** Drafts of calendars: one for each calendar, which whoever may publish goes on with. */
export class CalendarDrafts {
  constructor(private readonly dataSource: DataSource) {}

  /** Begins a draft, or finds the one that there is. Returns its id. */
  begin({ title, basedOn, calendar, authorId }: Begun): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`draft of ${calendar.id}`]);
      const [draft] = await manager.findBy(RuleDraft, { kind: 'calendar', subject: calendar.id });
      if (draft) return draft.id;
      return insertDraft(manager, { kind: 'calendar', subject: calendar.id, title, basedOn, body: calendar, authorId });
    });
  }

  async find(id: string): Promise<CalendarDraftView | null> {
    const row = await findDraft(this.dataSource.manager, 'calendar', id);
    return row && viewOf(this.dataSource.manager, row);
  }

  /** Every draft, by the calendar's id. */
  async all(): Promise<CalendarDraftView[]> {
    const rows = await this.dataSource.manager.find(RuleDraft, {
      where: { kind: 'calendar' },
      order: { subject: 'ASC' },
    });
    return Promise.all(rows.map((row) => viewOf(this.dataSource.manager, row)));
  }

  /** Saves what was made of a revision. @throws DraftChanged when it is not the draft's last one any more */
  async save(
    id: string,
    revision: number,
    change: { title?: string; basedOn?: number; calendar?: CalendarContent; authorId: string },
  ): Promise<void> {
    const { calendar, ...rest } = change;
    const kept = { ...rest, ...(calendar && { body: calendar }) };
    if (!(await updateDraft(this.dataSource.manager, { kind: 'calendar', id, revision }, kept)))
      throw new DraftChanged();
  }

  async discard(id: string): Promise<void> {
    await deleteDraft(this.dataSource.manager, 'calendar', id);
  }
}

async function viewOf(manager: EntityManager, row: RuleDraft): Promise<CalendarDraftView> {
  const author = await manager.findOneBy(Person, { id: row.authorId });
  const { id, title, basedOn, revision, body, updatedAt } = row;
  return { id, title, basedOn, revision, calendar: body as CalendarContent, by: author?.name ?? '', updatedAt };
}
