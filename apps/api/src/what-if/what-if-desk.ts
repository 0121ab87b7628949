import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { calendarTitles } from '#libs/rule-book/calendar-titles.js';
import { readRules } from '#libs/case-store/case-rules.js';
import { Config } from '#libs/config/config.js';
import { RuleDraft } from '#libs/database/entities/rule-draft.entity.js';
import type { Question } from '#libs/domain/case/what-if.js';
import { NotPublishable } from '#libs/rule-book/publication.js';
import { readDraft, readStoredDraft } from '#libs/rule-book/read-draft.js';
import { runWhatIf, runZonePreview } from '#libs/rule-book/what-if.js';
import { readZoneDirectory } from '#libs/zone-data/zone-directory.js';
import type { ZoneDirectory } from '#libs/zone-data/zone-directory.js';
import { RUNNING_RELEASE } from '#libs/zone-data/running-release.js';
import { found } from '../cases/case-problems.js';
import type { Subject, WhatIfJob } from './what-if-jobs.js';
import { WhatIfJobs } from './what-if-jobs.js';

/** What the form asks. */
export interface Asked {
  /** Id of a stored draft; empty: holidays. */
  draft: string;
  calendar: string;
  add: string[];
  remove: string[];
  question: Question;
}

export interface FormError {
  field: string;
  text: string;
}

/** Takes in questions and starts work on them. */
@Injectable()
export class WhatIfDesk {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: WhatIfJobs,
    private readonly config: Config,
  ) {}

  /** A job, or what is wrong with the question. @throws 404 for a draft that there is not */
  async ask(asked: Asked): Promise<WhatIfJob | FormError[]> {
    const { manager } = this.dataSource;
    const rules = await readRules(manager);
    const { question } = asked;
    try {
      const draft = asked.draft
        ? found(await readStoredDraft(manager, asked.draft, rules), 'draft')
        : readDraft({ calendar: asked.calendar, add: asked.add, remove: asked.remove }, rules);
      const subject = await this.subjectOf(asked);
      return this.begun(subject, (options) => runWhatIf(this.dataSource, draft, question, options));
    } catch (error) {
      if (error instanceof NotPublishable) return errorsOf(error, asked);
      throw error;
    }
  }

  /** Which open deadlines the zones of the system would move. */
  askZones(): WhatIfJob | FormError[] {
    const zones = this.zones();
    if (!zones) return [{ field: 'zones', text: 'The folder of zones cannot be read.' }];
    const subject: Subject = { about: 'zones', name: zones.release, question: 'from_now' };
    return this.begun(subject, (options) => runZonePreview(this.dataSource, zones, options));
  }

  /** Releases of the tz database, and how many open deadlines were computed under another than the running one. */
  async releases(): Promise<{ running: string; system: string | null; others: number }> {
    const [row] = await this.dataSource.query<{ others: number }[]>(
      `SELECT count(*)::int AS others FROM case_clock
       WHERE stopped_at IS NULL AND due_at IS NOT NULL AND tzdb IS DISTINCT FROM $1`,
      [RUNNING_RELEASE],
    );
    return { running: RUNNING_RELEASE, system: this.zones()?.release ?? null, others: row?.others ?? 0 };
  }

  /** What can be chosen: calendars by id and title, and the drafts that are being worked on. */
  async choices() {
    const { manager } = this.dataSource;
    const titles = await calendarTitles(manager);
    const drafts = await manager.find(RuleDraft, { order: { updatedAt: 'DESC', id: 'ASC' }, take: 100 });
    return {
      calendars: [...titles].map(([id, title]) => ({ id, title })),
      drafts: drafts.map(({ id, title, kind, subject }) => ({ id, title: title || subject || kind })),
    };
  }

  private begun(...job: Parameters<WhatIfJobs['start']>): WhatIfJob | FormError[] {
    const busy = {
      field: 'question',
      text: 'Two questions are being worked on. Wait until one has its answer, or cancel one.',
    };
    return this.jobs.start(...job) ?? [busy];
  }

  private async subjectOf({ draft, calendar, add, remove, question }: Asked): Promise<Subject> {
    if (draft) {
      const row = await this.dataSource.manager.findOneBy(RuleDraft, { id: draft });
      const draftPath = `/${row?.kind === 'calendar' ? 'calendars' : 'policies'}/drafts/${draft}`;
      return { about: 'draft', name: row?.title || row?.subject || draft, question, draftId: draft, draftPath };
    }
    const dates = [...add.map((date) => `+ ${date}`), ...remove.map((date) => `− ${date}`)];
    return { about: 'holidays', name: `${calendar}: ${dates.join(' ')}`, question };
  }

  private zones(): ZoneDirectory | null {
    try {
      return readZoneDirectory(this.config.zoneinfoDir);
    } catch {
      return null;
    }
  }
}

function errorsOf({ problems }: NotPublishable, { draft, add, remove }: Asked): FormError[] {
  if (draft) return [{ field: 'draft', text: 'The draft has mistakes. Correct them first; its own page names them.' }];
  const fields = [...new Set(problems.map(({ field }) => field.split('.')[0] ?? ''))];
  if (!add.length && !remove.length && fields.includes('add'))
    return [{ field: 'add', text: 'Name a date to add or to take away, or choose a draft.' }];
  return fields.map((field): FormError => {
    if (field === 'add') return { field, text: 'Write each date to add like this: 2027-05-07' };
    if (field === 'remove')
      return { field, text: 'Each date to take away must be a holiday of the calendar, like this: 2027-05-07' };
    return { field: 'calendar', text: 'The calendar would be refused with these dates.' };
  });
}
