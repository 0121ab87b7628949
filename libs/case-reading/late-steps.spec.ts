import { CASE_PEOPLE } from '../../test/support/case-people.js';
import { broughtTo } from '../../test/support/case-routes.js';
import { CaseStory, geneva } from '../../test/support/case-story.js';
import type { CaseRecord } from './case-record.js';
import { clockMoves } from './clock-moves.js';
import { lateSteps } from './late-steps.js';
import { WHOLE_REACH } from './reach.js';

/** A case lived through in memory, as the store would read it. */
const recordOf = ({ log, state, rules }: CaseStory) =>
  ({
    log,
    state,
    rules,
    words: (text: { plain?: string } | null) => text?.plain ?? null,
    person: (id: string | null) => id && { id, name: id },
    organisation: (id: string) => ({ id, code: id, name: id }),
  }) as unknown as CaseRecord;

describe('the late steps of a case', () => {
  it('keep a breach that proof in time has undone, and name the proof', () => {
    const story = new CaseStory('2026-11-24 10:00').until('2026-11-26 17:05');
    const command = { verb: 'acknowledge' as const, body: { message: 'We have it.' } };
    story.send(CASE_PEOPLE.coordinator, command, geneva('2026-11-26 16:59'));
    const [late, ...others] = lateSteps(story.runs(), recordOf(story), WHOLE_REACH, story.now);
    expect(others).toEqual([]);
    expect(late).toMatchObject({
      clock: 'acknowledge',
      epoch: 1,
      cause: 'deadline',
      status: 'rescinded',
      lagSeconds: 300,
      late: { openSeconds: 0, wallSeconds: 0 },
      rescinded: { proof: { type: 'acknowledged', at: new Date(geneva('2026-11-26 16:59')).toISOString() } },
    });
  });

  it('go on naming what a suspension did to the date, who did it and why', () => {
    const story = broughtTo('triage', '2026-11-24 10:00');
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2026-12-20' }, '2026-11-25 10:00');
    story.does('owner', 'resume', {}, '2026-11-27 10:00');
    const run = story.runs().find(({ policy }) => policy.name === 'triage');
    if (!run) throw new Error('triage does not run');
    const moves = clockMoves(run, recordOf(story), WHOLE_REACH, story.now);
    expect(moves.map(({ kind, pause, reason, dueAt }) => [kind, pause, reason, dueAt !== null])).toEqual([
      ['started', null, null, true],
      ['paused', 'suspended', 'Elections.', false],
      ['resumed', 'suspended', null, true],
    ]);
  });
});
