import fc from 'fast-check';
import { CASE_PEOPLE } from '../../../test/support/case-people.js';
import type { Who } from '../../../test/support/case-people.js';
import { broughtTo } from '../../../test/support/case-routes.js';
import { inGeneva } from '../../../test/support/case-story.js';
import type { CaseStory } from '../../../test/support/case-story.js';
import { readClock } from '../clock/clock.js';
import type { CaseCommand } from './commands/index.js';
import { possibleVerbs } from './decide.js';
import { Refusal } from './refusal.js';
import { STAGES } from './stages.js';
import type { Stage } from './stages.js';

const OPENED = '2026-11-24 10:00';
const OFFER = { to: 'coordinator', reason: 'I am going on mission.', note: 'The bill is due.' };
const offered = (stage: Stage = 'triage'): CaseStory => {
  const story = broughtTo(stage, OPENED);
  story.does('owner', 'hand-over', OFFER);
  return story;
};
const mailsOf = (story: CaseStory, type: string) =>
  story.told
    .filter(({ event }) => event.type === type)
    .flatMap(({ notices }) => notices.map(({ kind, to, personId }) => [kind, to, personId ?? ''].join(' ').trim()));
const types = (story: CaseStory, last: number) => story.log.slice(-last).map(({ type }) => type);
const refusal = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
};
const clock = (story: CaseStory) => {
  const run = story.runs().findLast(({ policy }) => policy.name === 'hand_over');
  if (!run) throw new Error('no hand-over was offered');
  const { state, dueAt } = readClock(run.cycle, run.calendar, story.now);
  return { state, due: dueAt && inGeneva(dueAt) };
};

describe('a hand-over', () => {
  it('leaves the case with its owner until it is accepted, and tells both', () => {
    const story = offered();
    expect(story.state).toMatchObject({ ownerId: 'owner', handOver: { to: 'coordinator', from: 'owner' } });
    expect(mailsOf(story, 'hand_over_offered')).toEqual(['hand_over_offered receiver']);
    story.does('coordinator', 'accept-hand-over', {});
    expect(story.state).toMatchObject({ ownerId: 'coordinator', handOver: null });
    expect(mailsOf(story, 'hand_over_accepted')).toEqual(['hand_over_accepted L0 owner']);
    expect(possibleVerbs(story.state, CASE_PEOPLE.owner)).not.toContain('triage');
    expect(possibleVerbs(story.state, CASE_PEOPLE.coordinator)).toContain('triage');
  });

  it('that is rejected or withdrawn changes nothing but that it was tried', () => {
    const story = offered();
    story.does('coordinator', 'reject-hand-over', { reason: 'No time.' });
    expect(story.state).toMatchObject({ ownerId: 'owner', handOver: null });
    expect(mailsOf(story, 'hand_over_rejected')).toEqual(['hand_over_rejected L0']);
    story.does('owner', 'hand-over', OFFER);
    story.does('lead', 'withdraw-hand-over', {});
    expect(story.state).toMatchObject({ ownerId: 'owner', handOver: null });
    expect(mailsOf(story, 'hand_over_withdrawn')).toEqual(['hand_over_ended receiver coordinator']);
  });

  it.each([
    ['somebody who does not work on cases', { ...OFFER, to: 'legalaid' }, 'unknown_subject'],
    ['its owner', { ...OFFER, to: 'owner' }, 'invalid_particulars'],
  ])('cannot be offered to %s', (_, body, code) => {
    expect(refusal(() => broughtTo('triage', OPENED).does('owner', 'hand-over', body))).toMatchObject({ code });
  });

  it('stands alone: a second one waits until the first is withdrawn, and nobody offers a case to themselves', () => {
    expect(refusal(() => offered().does('lead', 'hand-over', { ...OFFER, to: 'isu' }))).toMatchObject({
      code: 'not_possible_now',
      allowed: expect.arrayContaining(['withdraw-hand-over']),
    });
    const own = () => broughtTo('triage', OPENED).does('lead', 'hand-over', { ...OFFER, to: 'lead' });
    expect(refusal(own)).toMatchObject({ code: 'invalid_particulars' });
  });

  it('lapses when the case gets another owner, by whatever way', () => {
    const taken = offered();
    taken.does('isu', 'take', {});
    expect(types(taken, 2)).toEqual(['owner_assigned', 'hand_over_lapsed']);
    expect(taken.state).toMatchObject({ ownerId: 'isu', handOver: null });
    expect(mailsOf(taken, 'hand_over_lapsed')).toEqual(['hand_over_ended receiver coordinator']);
    const assigned = offered();
    assigned.does('lead', 'assign-owner', { ownerId: 'coordinator' });
    expect(assigned.state).toMatchObject({ ownerId: 'coordinator', handOver: null });
    const same = offered();
    same.does('lead', 'assign-owner', { ownerId: 'owner' });
    expect(same.state.handOver).not.toBeNull();
  });

  it('lapses when the case ends', () => {
    const story = offered();
    story.does('focal point', 'withdraw', { reason: 'No longer needed.' });
    expect(types(story, 2)).toEqual(['withdrawn', 'hand_over_lapsed']);
    expect([story.state.handOver, story.openClocks()]).toEqual([null, []]);
  });

  it('is not possible where nobody owns the case, which nobody may triage before', () => {
    const story = broughtTo('verification', OPENED);
    expect(refusal(() => story.does('lead', 'hand-over', OFFER))).toMatchObject({ code: 'not_possible_now' });
    story.does('coordinator', 'verify', { means: 'mission', evidence: 'Call of today.' });
    const body = { scope: 'Bill', priority: 'P2', needTypes: story.state.needTypes, summary: 'Help.' } as const;
    expect(refusal(() => story.does('lead', 'triage', body))).toMatchObject({
      code: 'not_possible_now',
      allowed: expect.arrayContaining(['take', 'assign-owner']),
    });
  });
});

describe('the clock of a hand-over', () => {
  it('gives the receiver two working days, and is met by either answer', () => {
    expect(clock(offered())).toEqual({ state: 'running', due: '2026-11-26 17:00' });
    const accepted = offered().until('2026-11-26 17:00');
    accepted.does('coordinator', 'accept-hand-over', {});
    expect(clock(accepted).state).toBe('met');
    const rejected = offered();
    rejected.does('coordinator', 'reject-hand-over', { reason: 'No time.' });
    expect(clock(rejected).state).toBe('met');
  });

  it('ends without a verdict when nobody has to answer any more', () => {
    const withdrawn = offered();
    withdrawn.does('owner', 'withdraw-hand-over', {});
    const taken = offered();
    taken.does('isu', 'take', {});
    expect([clock(withdrawn).state, clock(taken).state]).toEqual(['stopped', 'stopped']);
  });

  it('warns the receiver, then tells receiver, owner and lead that it is late; the case stays where it is', () => {
    const story = offered('delivery').until('2026-11-30 10:00');
    const of = (type: string) =>
      story.told
        .filter(({ event }) => event.type === type && 'clock' in event.body && event.body.clock === 'hand_over')
        .flatMap(({ notices }) => notices.map(({ kind, to }) => `${kind} ${to}`));
    expect(of('clock_warned')).toEqual(['warning receiver']);
    expect(of('clock_breached')).toEqual(['hand_over_unanswered receiver', 'hand_over_unanswered L0', 'escalation L1']);
    expect(story.state).toMatchObject({ ownerId: 'owner', handOver: { to: 'coordinator' } });
    story.does('coordinator', 'accept-hand-over', {});
    expect([story.state.ownerId, clock(story).state]).toEqual(['coordinator', 'breached']);
  });
});

describe('a deputy', () => {
  const deputy = { ...CASE_PEOPLE.isu, standsInFor: ['owner'] };

  it('does what the owner may while the owner is away, under their own name', () => {
    const story = broughtTo('triage', OPENED);
    expect(possibleVerbs(story.state, CASE_PEOPLE.isu)).not.toContain('add-note');
    expect(possibleVerbs(story.state, deputy)).toContain('add-note');
    story.send(deputy, { verb: 'add-note', body: { text: 'Called the ministry.' } });
    expect(story.log.at(-1)).toMatchObject({ type: 'note_added', actorId: 'isu' });
    expect(story.state.ownerId).toBe('owner');
  });

  it('does not answer a hand-over for somebody who is away', () => {
    const story = offered();
    const verbs = possibleVerbs(story.state, { ...CASE_PEOPLE.isu, standsInFor: ['coordinator'] });
    expect(verbs).not.toContain('accept-hand-over');
  });
});

describe('whatever is tried about the owner', () => {
  const PEOPLE: (Who | 'receiver')[] = ['receiver', 'receiver', 'owner', 'coordinator', 'lead', 'isu', 'focal point'];
  const to = fc.constantFrom('owner', 'coordinator', 'lead', 'isu', 'legalaid');
  const command = fc.oneof(
    { weight: 3, arbitrary: to.map((one) => ({ verb: 'hand-over', body: { ...OFFER, to: one } })) },
    { weight: 3, arbitrary: fc.constant({ verb: 'accept-hand-over', body: {} }) },
    fc.constantFrom(
      { verb: 'take', body: {} },
      { verb: 'suspend', body: { reason: 'Elections.', reviewOn: '2027-02-01' } },
      { verb: 'resume', body: {} },
    ),
    { weight: 2, arbitrary: fc.constant({ verb: 'reject-hand-over', body: { reason: 'No time.' } }) },
    { weight: 2, arbitrary: fc.constant({ verb: 'withdraw-hand-over', body: {} }) },
    to.map((ownerId) => ({ verb: 'assign-owner', body: { ownerId } })),
    { weight: 1, arbitrary: fc.constant({ verb: 'withdraw', body: { reason: 'No longer needed.' } }) },
  );
  const life = fc.array(fc.record({ who: fc.constantFrom(...PEOPLE), command, hours: fc.constantFrom(0, 0, 1, 30) }), {
    minLength: 5,
    maxLength: 20,
  });

  it('the case has an owner at every point, who never waits for their own answer', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...STAGES.slice(STAGES.indexOf('triage'), -1)), life, (stage, steps) => {
        const story = broughtTo(stage, OPENED);
        for (const { who, command: tried, hours } of steps) {
          story.passTo(story.now + hours * 3_600_000);
          try {
            const name = who === 'receiver' ? ((story.state.handOver?.to ?? 'owner') as Who) : who;
            story.send(CASE_PEOPLE[name], tried as CaseCommand);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
          const { ownerId, handOver } = story.state;
          expect(ownerId).not.toBeNull();
          if (handOver) expect({ ...handOver, to: handOver.to === ownerId }).toEqual({ from: ownerId, to: false });
        }
        for (const { event } of story.told) seen.add(event.type);
      }),
      { numRuns: 100, seed: 48 },
    );
    for (const type of ['offered', 'accepted', 'rejected', 'withdrawn', 'lapsed'])
      expect([...seen]).toContain(`hand_over_${type}`);
  });
});
