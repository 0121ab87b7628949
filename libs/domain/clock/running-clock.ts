import type { CalendarHistory } from '../calendar/calendar.js';
import { instantAfterOpen, nextOpening, openMsBetween } from '../calendar/open-time.js';
import type { ClockCycle, ClockSignal, EndCause } from './signals.js';

export type BreachCause = 'deadline' | 'retarget';

/** The deadline of a target that is used up, and how much had elapsed then; still ahead only where there is grace. */
interface Due {
  at: number;
  elapsedMs: number;
  cause: BreachCause;
}

/** The deadline of a target that is used up at an instant: that instant, or what the policy's grace makes of it. */
export function deadlineOf({ graceUntil }: ClockCycle, history: CalendarHistory, usedUpAt: number): number {
  return graceUntil === 'next_open' ? nextOpening(history, usedUpAt) : usedUpAt;
}

/** A clock while its signals are applied, one instant after the other (sla.md 2.3-2.5). */
export class RunningClock {
  elapsedMs: number;
  targetMs: number;
  private readonly pauses = new Map<string, { reason: string | null; since: number }>();
  /** The reasons of the pauses in force, longest first; a new array whenever they change. */
  pauseReasons: readonly string[] = [];
  /** Since when there has been one pause or another. */
  pausedSince: number | null = null;
  stop: { at: number; evidence: string | null } | null = null;
  ended: { at: number; cause: EndCause } | null = null;
  /** Null while the target in force is not used up. */
  due: Due | null = null;
  breach: { at: number; cause: BreachCause } | null = null;
  private retargeted = false;

  constructor(
    private readonly cycle: ClockCycle,
    private readonly history: CalendarHistory,
    public now = cycle.startedAt,
  ) {
    this.elapsedMs = cycle.carriedMs ?? 0;
    this.targetMs = cycle.targetMs;
  }

  get over(): boolean {
    return this.stop !== null || this.ended !== null;
  }

  /** Whether it accrues whenever its calendar is open (sla.md 2.3). */
  get runs(): boolean {
    return !this.over && this.pauses.size === 0;
  }

  /** Lets time pass. A deadline reached before `to` is breached; one at `to` awaits what else that instant brings. */
  advance(to: number): void {
    if (to <= this.now) return;
    if (this.runs) this.accrue(to);
    this.now = to;
    if (this.due && this.due.at < to && !this.over) this.breachAt(this.due);
  }

  private accrue(to: number): void {
    const gained = openMsBetween(this.history, this.now, to);
    const left = this.targetMs - this.elapsedMs;
    if (!this.due && gained >= left) {
      this.becomeDue(instantAfterOpen(this.history, this.now, left), this.targetMs, 'deadline');
    }
    this.elapsedMs += gained;
  }

  private becomeDue(usedUpAt: number, elapsedMs: number, cause: BreachCause): Due {
    this.due = { at: deadlineOf(this.cycle, this.history, usedUpAt), elapsedMs, cause };
    return this.due;
  }

  private breachAt({ at, cause }: Due): void {
    this.breach ??= { at, cause };
  }

  /** All signals of one instant, and then one look at the clock (sla.md 2.4, events at one instant). */
  settle(at: number, signals: readonly ClockSignal[]): void {
    const dueNow = this.due?.at === at ? this.due : null;
    let stopped = false;
    for (const signal of signals) {
      this.apply(signal);
      stopped ||= this.stop !== null;
    }
    if (dueNow && !stopped) this.breachAt(dueNow);
    if (at >= this.cycle.startedAt) this.look();
  }

  /** A target that is used up without having been reached was changed under the clock: it is due from now, never earlier. */
  private look(): void {
    if (!this.runs || this.due || this.elapsedMs < this.targetMs) return;
    const due = this.becomeDue(this.now, this.elapsedMs, this.retargeted ? 'retarget' : 'deadline');
    if (due.at === this.now) this.breachAt(due);
  }

  private apply(signal: ClockSignal): void {
    if (signal.type === 'reopen') this.reopen();
    else if (this.stop) return;
    else if (signal.type === 'retarget') this.retarget(signal.targetMs);
    else if (!this.ended) this.applyWhileOpen(signal);
  }

  private applyWhileOpen(signal: Exclude<ClockSignal, { type: 'reopen' | 'retarget' }>): void {
    if (signal.type === 'resume') this.resume(signal);
    else this.putAside(signal.at);
    if (signal.type === 'pause') this.pause(signal);
    if (signal.type === 'stop') this.stop = { at: signal.at, evidence: signal.evidence ?? null };
    if (signal.type === 'end') this.end(signal.at, signal.cause);
  }

  /** A deadline that grace has put ahead is none while the clock does not run; it is looked for anew when it does. */
  private putAside(at: number): void {
    if (!this.due || this.due.at <= at) return;
    this.retargeted = this.due.cause === 'retarget';
    this.due = null;
  }

  private pause(signal: PauseName & { at: number }): void {
    const key = keyOf(signal);
    if (this.pauses.has(key)) return;
    this.pauses.set(key, { reason: signal.reason ?? null, since: signal.at });
    this.pausedSince ??= signal.at;
    this.listReasons();
  }

  private resume(signal: PauseName): void {
    if (!this.pauses.delete(keyOf(signal))) return;
    if (this.pauses.size === 0) this.pausedSince = null;
    this.listReasons();
  }

  private end(at: number, cause: EndCause): void {
    this.pauses.clear();
    this.pausedSince = null;
    this.listReasons();
    this.ended = { at, cause };
  }

  /** Of pauses that began at one instant the order of recording says nothing. */
  private listReasons(): void {
    const inForce = [...this.pauses.values()].flatMap(({ reason, since }) =>
      reason === null ? [] : { reason, since },
    );
    inForce.sort((a, b) => a.since - b.since || (a.reason < b.reason ? -1 : 1));
    this.pauseReasons = inForce.map(({ reason }) => reason);
  }

  private retarget(targetMs: number): void {
    this.retargeted = true;
    this.targetMs = targetMs;
    if (targetMs > this.elapsedMs) this.due = null;
  }

  private reopen(): void {
    // A stop at the very deadline met it, but the time is used up: going on is late from now.
    if (this.stop && !this.breach) this.due = null;
    this.stop = this.ended = null;
  }
}

interface PauseName {
  reason?: string;
  owner?: string;
}

const keyOf = ({ reason, owner }: PauseName): string => JSON.stringify([reason ?? null, owner ?? null]);
