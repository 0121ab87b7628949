import type { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { relationsOf } from '#libs/domain/access/relations.js';
import { announcements } from './announcements.js';
import type { Announcements } from './announcements.js';
import { readRecord } from './case-record.js';
import type { CaseRecord } from './case-record.js';
import { caseView } from './case-view.js';
import type { CaseView } from './case-view.js';
import { visibleRuns } from './clock-views.js';
import { lateSteps } from './late-steps.js';
import type { LateStep } from './late-steps.js';
import { reachOf } from './reach.js';
import { timeline } from './timeline.js';
import type { TimelineEntry } from './timeline.js';

export interface CasePage {
  view: CaseView;
  timeline: TimelineEntry[];
  announcements: Announcements;
  lateSteps: LateStep[];
}

/** Reads one case for one person. Null means: there is no such case, as far as this person may know. */
export class CaseReader {
  constructor(private readonly dataSource: DataSource) {}

  async view(reference: string, actor: Actor): Promise<CaseView | null> {
    const record = await this.record(reference, actor);
    return record && caseView(record, actor, await productNow(this.dataSource.manager));
  }

  /** The case as it stood right after a version, so that a command's answer can be given again. */
  async viewAt(reference: string, actor: Actor, version: number): Promise<CaseView | null> {
    const record = await readRecord(this.dataSource.manager, reference, version);
    if (!record) return null;
    return caseView(record, actor, record.log.at(-1)?.recordedAt ?? 0);
  }

  /** Everything that the page of a case shows, from one reading of its log. */
  async page(reference: string, actor: Actor): Promise<CasePage | null> {
    const record = await this.record(reference, actor);
    if (!record) return null;
    const at = await productNow(this.dataSource.manager);
    const view = caseView(record, actor, at);
    const relations = relationsOf(actor, record.state);
    const runs = visibleRuns(record, actor, relations);
    return {
      view,
      timeline: timeline(record, actor),
      announcements: announcements(record, actor, relations, view.nextActions, at),
      lateSteps: lateSteps(runs, record, reachOf(actor, record), at),
    };
  }

  async timeline(reference: string, actor: Actor): Promise<TimelineEntry[] | null> {
    const record = await this.record(reference, actor);
    return record && timeline(record, actor);
  }

  /** The case's row alone: enough to know that it is there for this person, without reading its log. */
  async row(reference: string, actor: Actor): Promise<AssistanceCase | null> {
    const row = await this.dataSource.manager.findOneBy(AssistanceCase, { reference });
    return row && can(actor, 'read', row.state) ? row : null;
  }

  async record(reference: string, actor: Actor): Promise<CaseRecord | null> {
    const record = await readRecord(this.dataSource.manager, reference);
    return record && can(actor, 'read', record.state) ? record : null;
  }
}
