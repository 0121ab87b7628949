import fc from 'fast-check';
import { born, openings, take, turns } from '../../../test/support/case-life.js';
import { inGeneva } from '../../../test/support/case-story.js';
import type { CaseStory } from '../../../test/support/case-story.js';
import { pendingSteps } from './clock-steps.js';
import { fold } from './evolve.js';
import type { LoggedEvent } from './events.js';
import { LIFECYCLE } from './lifecycle.js';
import { ENDED, STAGES } from './stages.js';
import type { CaseState } from './state.js';

const SEED = Number(process.env['LIVES_SEED'] ?? 48);
const LIVES = Number(process.env['LIVES'] ?? 26);

/** How a case stood after one turn of its life, and what its clocks still had to do. */
interface Look {
  state: CaseState;
  openClocks: string[];
  overdue: string[];
  pending: number;
}
interface Life {
  story: CaseStory;
  looks: Look[];
}

function look(story: CaseStory): Look {
  const { state, now } = story;
  const pending = pendingSteps(story.runs(), state, now);
  const overdue = pending.filter(({ at }) => at <= now).map(({ run, what }) => `${run.policy.name} ${what.id}`);
  return { state, overdue, openClocks: story.openClocks(), pending: pending.length };
}

/** Random lives, each looked at after every turn. Fails when the rules throw anything but a refusal. */
const lives = (late: boolean): Life[] =>
  fc.sample(fc.tuple(openings, turns(late)), { numRuns: LIVES, seed: SEED }).map(([opening, life], index) => {
    const story = born(opening, STAGES[index % STAGES.length] ?? 'submitted');
    const looks = [look(story)];
    for (const turn of life) {
      take(story, turn);
      looks.push(look(story));
    }
    return { story, looks };
  });

const isEnded = ({ sideState }: CaseState): boolean => sideState !== null && ENDED.includes(sideState);

/** What the table, and the sentence above it, say of going from one standing to the next. */
function isAllowed(from: CaseState, to: CaseState): boolean {
  if (from.stage !== to.stage) return LIFECYCLE[from.stage].leadsTo.includes(to.stage) && to.sideState === null;
  if (from.sideState === to.sideState) return true;
  if (isEnded(from) || from.stage === 'closed') return false;
  if (to.sideState === null || to.sideState === 'withdrawn') return true;
  if (to.sideState === 'suspended') return from.sideState === null;
  return from.sideState === null && LIFECYCLE[from.stage].leadsTo.includes(to.sideState);
}

const named = ({ stage, sideState }: CaseState): string => (sideState ? `${stage}, ${sideState}` : stage);

const clockStep = ({ type, actorId, body }: LoggedEvent): string[] =>
  actorId === null && 'step' in body && 'clock' in body && type !== 'breach_rescinded'
    ? [`${body.clock} ${body.subject} ${body.cycle} ${body.step}`]
    : [];

/** What clocks other than the review date did in the suspensions of a log. */
function spokenWhileSuspended(log: readonly LoggedEvent[]): string[] {
  const rests: { from: number; to: number }[] = [];
  for (const { type, effectiveAt } of log) {
    const open = rests.find(({ to }) => to === Infinity);
    if (type === 'suspended') rests.push({ from: effectiveAt, to: Infinity });
    if ((type === 'resumed' || type === 'withdrawn') && open) open.to = effectiveAt;
  }
  return log.flatMap(({ type, actorId, body, effectiveAt }) =>
    actorId === null &&
    'clock' in body &&
    body.clock !== 'suspension_review' &&
    rests.some(({ from, to }) => from < effectiveAt && effectiveAt < to)
      ? [`${inGeneva(effectiveAt)} ${type} ${body.clock}`]
      : [],
  );
}

describe(`whatever people do, and however long they wait (seed ${SEED})`, () => {
  let punctual: Life[];
  let every: Life[];
  beforeAll(() => {
    punctual = lives(false);
    every = [...punctual, ...lives(true)];
  }, 300_000);

  it('is a case in every stage and side state somewhere', () => {
    const seen = new Set(every.flatMap(({ looks }) => looks.flatMap(({ state }) => [state.stage, state.sideState])));
    for (const place of [...STAGES, 'suspended', 'withdrawn'] as const) expect([...seen]).toContain(place);
  });

  it('goes only along the lifecycle table', () => {
    const wrong = every.flatMap(({ story: { told } }) =>
      told.flatMap(({ state, event }, index) => {
        const before = told[index - 1]?.state;
        return before && !isAllowed(before, state) ? [`${event.type}: ${named(before)} → ${named(state)}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has an owner at every point beyond triage', () => {
    const early = ['submitted', 'verification', 'triage'];
    const without = every.flatMap(({ story: { told } }) =>
      told.filter(({ state }) => state.ownerId === null && !early.includes(state.stage)),
    );
    expect(without).toEqual([]);
  });

  it('records each step of a clock once, also when commands arrive late', () => {
    const twice = every.flatMap(({ story }) => {
      const steps = story.log.flatMap(clockStep);
      return steps.filter((step, index) => steps.indexOf(step) !== index);
    });
    expect(twice).toEqual([]);
  });

  it('leaves nothing undone: what is still to come lies ahead, and nothing is recorded before it happens', () => {
    expect(every.flatMap(({ looks }) => looks.flatMap(({ overdue }) => overdue))).toEqual([]);
    const foreseen = every.flatMap(({ story }) =>
      story.log.filter(({ effectiveAt, recordedAt }) => effectiveAt > recordedAt),
    );
    expect(foreseen).toEqual([]);
  });

  it('keeps only the outcome form and the follow-ups when closed', () => {
    const closed = every.flatMap(({ looks }) => looks).filter(({ state }) => state.stage === 'closed');
    const kept = new Set(closed.flatMap(({ openClocks }) => openClocks));
    expect([...kept].sort()).toEqual(['follow_up', 'outcome_form']);
  });

  it('has no clock and never wakes when it has ended otherwise', () => {
    const over = every.flatMap(({ looks }) => looks).filter(({ state }) => isEnded(state));
    expect(over.length).toBeGreaterThan(0);
    expect(over.filter(({ openClocks, pending }) => openClocks.length > 0 || pending > 0)).toEqual([]);
  });

  it('is known from its log alone, and is plain JSON', () => {
    for (const { story } of every) {
      expect(fold(story.log)).toEqual(story.state);
      expect(JSON.parse(JSON.stringify(story.state))).toEqual(story.state);
    }
  });

  it('hears of no clock but the review date while it is suspended, neither then nor afterwards for that time', () => {
    expect(punctual.flatMap(({ story }) => spokenWhileSuspended(story.log))).toEqual([]);
  });
});
