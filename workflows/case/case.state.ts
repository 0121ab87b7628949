import type { CaseInput, CaseOutcome, CaseStanding } from '#libs/contracts/case-workflow.js';

/** Above this a run hands over to the next one: replay stays short. */
const EVENTS_PER_RUN = 150;

/** Where the case stands, as far as the workflow needs to know: a version as a hint, and when to wake. */
export class CaseProgress {
  private version: number;
  private status: CaseOutcome['status'] = 'open';
  private stage: string;
  private waitsFor: string | null;
  wakeAt: number | null;
  /** The instant that the running timer waits for. */
  armedAt: number | null = null;

  constructor({ version, carry }: CaseInput) {
    this.version = version;
    this.wakeAt = carry?.wakeAt ?? null;
    this.stage = carry?.stage ?? 'not read yet';
    this.waitsFor = carry?.waitsFor ?? null;
  }

  get isOpen(): boolean {
    return this.status === 'open';
  }

  record({ version, status, wakeInMs, stage, waitsFor }: CaseOutcome, now: number): void {
    this.version = version;
    this.status = status;
    this.wakeAt = wakeInMs === null ? null : now + wakeInMs;
    this.stage = stage;
    this.waitsFor = waitsFor;
  }

  /** A later wake keeps the old timer, which then rings once for nothing: cheaper than cancelling it. */
  get isDueEarlierThanArmed(): boolean {
    return this.wakeAt !== null && (this.armedAt === null || this.wakeAt < this.armedAt);
  }

  isDue(now: number): boolean {
    return this.isOpen && this.wakeAt !== null && now >= this.wakeAt;
  }

  /** What the Temporal UI writes beside the running timer. */
  get timerSummary(): string {
    return this.waitsFor ?? 'next due';
  }

  /** What the Temporal UI shows of the case. */
  get details(): string {
    const next = this.wakeAt === null ? 'nothing' : `${this.timerSummary} at ${new Date(this.wakeAt).toISOString()}`;
    return `Stage: ${this.stage}\n\nVersion: ${this.version}\n\nNext: ${next}`;
  }

  outcome(): CaseOutcome {
    const { version, status, stage, waitsFor } = this;
    return { version, status, wakeInMs: null, stage, waitsFor };
  }

  standing(historyLength: number): CaseStanding {
    const { version, status, wakeAt, armedAt } = this;
    return { version, status, wakeAt, armedAt, historyLength };
  }

  nextRun(caseId: string): CaseInput {
    const { version, wakeAt, stage, waitsFor } = this;
    return { caseId, version, carry: { wakeAt, stage, waitsFor } };
  }

  static isFull(historyLength: number, suggested: boolean): boolean {
    return suggested || historyLength > EVENTS_PER_RUN;
  }
}
