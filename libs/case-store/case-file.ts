import type { EntityManager } from 'typeorm';
import type { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import type { CaseText } from '#libs/database/entities/case-text.entity.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import { advance, fold } from '#libs/domain/case/evolve.js';
import type { LoggedEvent, NewEvent } from '#libs/domain/case/events.js';
import type { Notice } from '#libs/domain/case/notices.js';
import type { CaseState } from '#libs/domain/case/state.js';
import { follow, readLog, toLogged } from './event-log.js';
import { sealTexts } from './sealed-texts.js';

/** A case as read from its log, and what is being added to it in this transaction. */
export class CaseFile {
  readonly added: CaseEvent[] = [];
  readonly texts: CaseText[] = [];
  /** State right after each added event, for the mails that it calls for. */
  readonly history: { event: LoggedEvent; state: CaseState }[] = [];

  /** Mails that are owed besides those that the added events call for. */
  readonly owed: { notice: Notice; event: LoggedEvent; state: CaseState }[] = [];

  readonly log: LoggedEvent[];
  state: CaseState;

  private constructor(
    readonly caseId: string,
    readonly rules: CaseRules,
    private last: CaseEvent | undefined,
    rows: readonly CaseEvent[],
  ) {
    this.log = rows.map(toLogged);
    this.state = fold(this.log, caseId);
  }

  static async read(manager: EntityManager, caseId: string, rules: CaseRules): Promise<CaseFile> {
    const rows = await readLog(manager, caseId);
    return new CaseFile(caseId, rules, rows.at(-1), rows);
  }

  static empty = (caseId: string, rules: CaseRules): CaseFile => new CaseFile(caseId, rules, undefined, []);

  get version(): number {
    return this.log.length;
  }

  /** Adds events to the end of the chain; people's words go to their own table. */
  append(
    events: readonly NewEvent[],
    recording: { effectiveAt: number; recordedAt: number; actorId: string | null },
  ): void {
    for (const event of events) {
      const sealed = sealTexts(this.caseId, event);
      const row = follow(this.caseId, this.last, sealed.event, recording);
      const logged = toLogged(row);
      this.last = row;
      this.log.push(logged);
      this.state = advance(this.state, logged);
      this.added.push(row);
      this.texts.push(...sealed.texts);
      this.history.push({ event: logged, state: this.state });
    }
  }

  /** Owes a mail of the case as it stands, whoever acted last. */
  owe(notice: Notice): void {
    const event = this.log.at(-1);
    if (event) this.owed.push({ notice, event: { ...event, actorId: null }, state: this.state });
  }
}
