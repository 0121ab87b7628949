import type { CaseActivities } from '#activities/case/case.activities.js';

/** Lets a test choose where on the calendar a case is, while its workflow lives in real time. */
export class CalendarShift {
  /** What the store is told that the time is, less what it really is (ms). */
  ms = 0;

  /** From now on it is this instant (epoch ms), and time goes on from there. */
  to(instant: number): void {
    this.ms = instant - Date.now();
  }

  get now(): number {
    return Date.now() + this.ms;
  }

  around = (activities: CaseActivities): CaseActivities => ({
    commit: (caseId, commandId, now) => activities.commit(caseId, commandId, now + this.ms),
    wake: (caseId, now) => activities.wake(caseId, now + this.ms),
  });
}
