import { owedMails } from '#libs/case-store/mail-rows.js';
import type { Recipients } from '#libs/case-store/recipients.js';
import { project } from '#libs/case-store/projection.js';
import { leaveEmpty } from '#libs/case-store/undelivered.js';
import { calledOff } from '#libs/case-store/waiting-mail.js';
import { overtaken } from '#libs/case-store/overtaken.js';
import type { WaitingMail } from '#libs/case-store/waiting-mail.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import type { CaseRules } from '#libs/domain/case/case-rules.js';
import type { LoggedEvent, NewEvent } from '#libs/domain/case/events.js';
import { advance, fold } from '#libs/domain/case/evolve.js';
import type { CaseState } from '#libs/domain/case/state.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { nextDue } from '#libs/domain/case/wake.js';

/** A row as the ledger would get it. */
export type ForeseenMail = ReturnType<typeof owedMails>[number] & {
  /** When it will be owed (epoch ms); it goes out at `sendAfter` or later. */
  owedAt: number;
};

/** What is known of a mail that waits: enough to know whether it will be called off. */
export type Waiting = WaitingMail & Pick<Mail, 'recipient' | 'sendAfter'>;

interface Standing {
  caseId: string;
  reference: string;
  log: readonly LoggedEvent[];
  rules: CaseRules;
  recipients: Recipients;
  policy: MailPolicy;
}

/** More than any case does by itself between two acts of a person. */
const MOST_WAKES = 1_000;

/**
 * One case lived ahead by the functions that wake it and write its mails, with nobody acting: what falls due is recorded
 * at its instant, and what waits for a clock that stops meanwhile is called off.
 */
export class ForeseenCase<Row extends Waiting> {
  foreseen: ForeseenMail[] = [];
  private readonly log: LoggedEvent[];
  state: CaseState;
  /** What the wake of now adds, with the case right after it. */
  history: { event: LoggedEvent; state: CaseState }[] = [];

  /** @param waiting what the ledger has of the case and has not been sent; those that are called off are taken out */
  constructor(
    private readonly standing: Standing,
    public waiting: Row[],
  ) {
    this.log = [...standing.log];
    this.state = fold(this.log, standing.caseId);
  }

  /** Lives from one instant to another (epoch ms). */
  live(from: number, until: number): void {
    for (let wake = 0, at = from; wake < MOST_WAKES; wake += 1) {
      const { caseId, rules, recipients } = this.standing;
      this.history = [];
      this.record(at);
      leaveEmpty(this, recipients.asOf(at), at);
      const projection = project(caseId, this.log, this.state, rules, at);
      if (this.history.length) this.write(this.history, projection, at);
      const next = projection.row.nextWakeAt?.getTime();
      if (next === undefined || Math.max(next, at) > until) return;
      at = Math.max(next, at);
    }
  }

  append(events: readonly NewEvent[], recording: Pick<LoggedEvent, 'effectiveAt' | 'recordedAt' | 'actorId'>): void {
    for (const event of events) {
      const logged: LoggedEvent = { ...event, ...recording, version: this.log.length + 1 };
      this.log.push(logged);
      this.state = advance(this.state, logged);
      this.history.push({ event: logged, state: this.state });
    }
  }

  /** What has fallen due by an instant, as waking the case records it. */
  private record(at: number): void {
    for (;;) {
      const due = nextDue(this.log, this.state, this.standing.rules, at);
      if (!due) return;
      this.append(due.events, { effectiveAt: due.at, recordedAt: at, actorId: null });
    }
  }

  private write(
    history: { event: LoggedEvent; state: CaseState }[],
    projection: ReturnType<typeof project>,
    at: number,
  ): void {
    const { caseId, rules, reference, policy } = this.standing;
    const recipients = this.standing.recipients.asOf(at);
    const [stopped, isLate] = [calledOff({ history }, projection), overtaken({ history, rules })];
    const isOff = (row: WaitingMail): boolean => stopped(row) || Boolean(isLate?.(row));
    // What may go by then has gone.
    const stays = (row: Waiting): boolean => row.sendAfter.getTime() <= at || !isOff(row);
    const posting = { reference, now: new Date(at), messageIdDomain: 'action48.invalid' };
    const owed = owedMails({ caseId, history, owed: [], rules }, projection, { recipients, policy }, posting)
      .filter(({ state }) => state === 'due')
      .map((row) => ({ ...row, owedAt: at }));
    this.waiting = this.waiting.filter(stays);
    this.foreseen = [...this.foreseen.filter(stays), ...owed.filter((row) => !isOff(row))];
  }
}
