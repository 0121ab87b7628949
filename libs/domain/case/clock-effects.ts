import type { Actor } from '../access/roles.js';
import type { CaseRules } from './case-rules.js';
import type { ClockRun } from './clock-runs.js';
import { scanOf } from './clock-runs.js';
import type { ClockScan } from './clock-scan.js';
import type { CaseCommand } from './commands/index.js';
import type { DecisionContext } from './commands/rule.js';
import { decide } from './decide.js';
import type { LoggedEvent } from './events.js';
import { pausedSpans } from './paused-spans.js';
import { Refusal } from './refusal.js';
import type { CaseState } from './state.js';

/** What a command does to the clocks of a case; each cycle stands as the command would leave it. */
export interface ClockEffects {
  /** With a verdict: met or late. */
  stops: ClockRun[];
  /** Without one. */
  ends: ClockRun[];
  pauses: ClockRun[];
  resumes: ClockRun[];
  starts: ClockRun[];
}

/** A case right before a command: what its effects are reckoned from. */
export interface BeforeCommand {
  log: readonly LoggedEvent[];
  state: CaseState;
  rules: CaseRules;
  /** Epoch ms. */
  now: number;
}

/** Reckons what commands would do to the clocks, by the decision and the scan that a sent command goes through. */
export class ClockForesight {
  private readonly before: ClockScan;
  private readonly at: number;

  constructor(private readonly theCase: BeforeCommand) {
    const { log, rules, state, now } = theCase;
    this.before = scanOf(log, rules);
    this.at = Math.max(now, state.lastCommandAt, ...log.slice(-1).map(({ effectiveAt }) => effectiveAt));
  }

  /** Null: the case refuses the command. `known` is what else the rules may look at (organisations, people). */
  effectsOf(actor: Actor, command: CaseCommand, known: Partial<DecisionContext> = {}): ClockEffects | null {
    const { log, state } = this.theCase;
    let ids = 0;
    const context: DecisionContext = {
      newId: () => `new-${(ids += 1)}`,
      responders: [],
      colleagues: [],
      coordinators: [],
      policyVersions: [],
      openCases: () => true,
      ...known,
      now: this.at,
      actor,
    };
    const after = this.before.fork();
    try {
      for (const [index, event] of decide(state, command, context).entries())
        after.take({
          ...event,
          version: log.length + index + 1,
          effectiveAt: this.at,
          recordedAt: this.at,
          actorId: actor.personId,
        });
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
    return difference(this.before.runs, after.runs);
  }
}

/** How the clocks differ; `after` holds the cycles of `before` in the same order, and the new ones after them. */
export function difference(before: readonly ClockRun[], after: readonly ClockRun[]): ClockEffects {
  const changes = before.flatMap((was, index) => {
    const is = after[index];
    return is && !was.over ? [{ was, is }] : [];
  });
  const finished = changes.filter(({ is }) => is.over).map(({ is }) => is);
  const going = changes.filter(({ is }) => !is.over);
  return {
    stops: finished.filter((run) => lastSignal(run) === 'stop'),
    ends: finished.filter((run) => lastSignal(run) === 'end'),
    pauses: going.filter(({ was, is }) => !isPaused(was) && isPaused(is)).map(({ is }) => is),
    resumes: going.filter(({ was, is }) => isPaused(was) && !isPaused(is)).map(({ is }) => is),
    starts: after.slice(before.length),
  };
}

const lastSignal = ({ cycle }: ClockRun) =>
  cycle.signals.findLast(({ type }) => type === 'stop' || type === 'end')?.type;

const isPaused = ({ cycle }: ClockRun): boolean => pausedSpans(cycle.signals).at(-1)?.[1] === Infinity;
