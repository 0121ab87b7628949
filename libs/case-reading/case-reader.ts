import type { DataSource } from 'typeorm';
import { productNow } from '#libs/case-store/product-time.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { can } from '#libs/domain/access/can.js';
import type { Actor } from '#libs/domain/access/roles.js';
import { glassUntil } from '#libs/domain/access/visible-fields.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { AccessLog } from './access-log.js';
import type { Through } from './access-log.js';
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
import type { Reach } from './reach.js';
import { timeline } from './timeline.js';
import type { TimelineEntry } from './timeline.js';

export interface CasePage {
  view: CaseView;
  timeline: TimelineEntry[];
  announcements: Announcements;
  lateSteps: LateStep[];
}

/** A case that somebody may read, with how far they see into it. */
export interface OpenedRecord {
  record: CaseRecord;
  reach: Reach;
  /** The deployment's now (epoch ms). */
  at: number;
  /** Writes the look into the access log; before anything is answered. */
  logged: () => Promise<void>;
}

/**
 * Reads one case for one person, and writes down that they did. Null means: there is no such case, as far as this person
 * may know.
 */
export class CaseReader {
  private readonly log: AccessLog;

  constructor(private readonly dataSource: DataSource) {
    this.log = new AccessLog(dataSource);
  }

  async view(reference: string, actor: Actor, through: Through): Promise<CaseView | null> {
    const opened = await this.open(reference, actor, through);
    if (!opened) return null;
    await opened.logged();
    return caseView(opened.record, actor, opened.at, opened.reach);
  }

  /**
   * The case as it stood right after a version, so that a command's answer can be given again: without what its sender
   * may not read any more.
   */
  async viewAt(reference: string, actor: Actor, version: number, through: Through): Promise<CaseView | null> {
    const record = await readRecord(this.dataSource.manager, reference, version);
    if (!record) return null;
    const at = await this.askedAt(actor, record.row.state);
    await this.log.write({ caseId: record.row.id, actor, state: record.state, at, through });
    return caseView(record, actor, record.log.at(-1)?.recordedAt ?? 0, reachOf(actor, record, at));
  }

  /** Everything that the page of a case shows, from one reading of its log. */
  async page(reference: string, actor: Actor, through: Through): Promise<CasePage | null> {
    const opened = await this.open(reference, actor, through);
    if (!opened) return null;
    const { record, reach, at, logged } = opened;
    await logged();
    const view = caseView(record, actor, at, reach);
    const runs = visibleRuns(record, actor, reach.relations);
    return {
      view,
      timeline: timeline(record, reach),
      announcements: announcements(record, actor, reach.relations, view.nextActions, at),
      lateSteps: lateSteps(runs, record, reach, at),
    };
  }

  async timeline(reference: string, actor: Actor, through: Through): Promise<TimelineEntry[] | null> {
    const record = await readRecord(this.dataSource.manager, reference);
    if (!record || !can(actor, 'read', record.state)) return null;
    const { state } = record;
    const at = await this.askedAt(actor, state);
    await this.log.write({ caseId: record.row.id, actor, state, at, through });
    return timeline(record, reachOf(actor, record, at));
  }

  /** The whole case as this person may see it: view and timeline, from one reading of its log. */
  async export(
    reference: string,
    actor: Actor,
    requestId: string | null,
  ): Promise<{ case: CaseView; timeline: TimelineEntry[] } | null> {
    const opened = await this.open(reference, actor, { door: 'export', requestId });
    if (!opened) return null;
    const { record, reach, at, logged } = opened;
    await logged();
    return { case: caseView(record, actor, at, reach), timeline: timeline(record, reach) };
  }

  /** The case's row alone, which is no look at what it holds: enough to know that it is there for this person. */
  async row(reference: string, actor: Actor): Promise<AssistanceCase | null> {
    const row = await this.dataSource.manager.findOneBy(AssistanceCase, { reference });
    return row && can(actor, 'read', row.state) ? row : null;
  }

  /** The row again, for a door that shows something beside the case, such as its documents: written down as a look. */
  async look(reference: string, actor: Actor, through: Through): Promise<AssistanceCase | null> {
    const row = await this.row(reference, actor);
    if (!row) return null;
    const at = await this.askedAt(actor, row.state);
    await this.log.write({ caseId: row.id, actor, state: row.state, at, through });
    return row;
  }

  /** A case with everything about it. Whoever answers from it calls `logged` first. */
  async open(reference: string, actor: Actor, through: Through): Promise<OpenedRecord | null> {
    const record = await readRecord(this.dataSource.manager, reference);
    if (!record || !can(actor, 'read', record.state)) return null;
    const at = await productNow(this.dataSource.manager);
    const { row, state } = record;
    const logged = () => this.log.write({ caseId: row.id, actor, state, at, through });
    return { record, reach: reachOf(actor, record, at), at, logged };
  }

  /** What an instant decides is only whether a case still stands open to a lead: for anybody else it is not looked up. */
  private async askedAt(actor: Actor, state: CaseState): Promise<number> {
    return glassUntil(actor, state) === null ? 0 : productNow(this.dataSource.manager);
  }
}
