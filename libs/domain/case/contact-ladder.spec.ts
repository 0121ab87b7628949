import fc from 'fast-check';
import { broughtTo } from '../../../test/support/case-routes.js';
import { born, openings, take, turns } from '../../../test/support/case-life.js';
import type { CaseStory } from '../../../test/support/case-story.js';
import { geneva, inGeneva } from '../../../test/support/case-story.js';
import { awaiting, moveOf } from './awaiting.js';
import { callsDue, currentRung, leaveRung, leftRungs, rungsOf, rungsWrittenTo, sideOf } from './contact-ladder.js';
import { evolve, fold } from './evolve.js';
import { nextStep } from './next-step.js';
import { ownPart } from './own-part.js';
import type { CaseState } from './state.js';

const DAY_MS = 86_400_000;
/** Each day is lived through, so that everything is recorded when it happens. */
const dayByDay = (story: CaseStory, until: string): CaseStory => {
  while (story.now < geneva(until)) story.passTo(Math.min(geneva(until), story.now + DAY_MS / 4));
  return story;
};
const left = ({ log }: CaseStory): string[] =>
  log.flatMap(({ type, body, effectiveAt }) => {
    if (type === 'call_due') return [`${inGeneva(effectiveAt)} call ${sideOf(body)}`];
    return type === 'contact_unreachable' ? [`${inGeneva(effectiveAt)} ${body.rung} ${body.because}`] : [];
  });
const leave = (state: CaseState, side: string, because: 'refused' | 'silent'): CaseState =>
  leaveRung(state, side, because).reduce(evolve, state);

/** Instants are times in Geneva, reckoned by hand; 1 January 2027 is a Friday. */
describe('a side that stays silent', () => {
  it('has the alternate contact written to five working days after the third reminder, then the mission, then is called', () => {
    const story = dayByDay(broughtTo('returned', '2026-11-02 10:00'), '2027-01-04 18:00');
    expect(
      story
        .heard('answer')
        .slice(0, 3)
        .map((one) => one.slice(0, 16)),
    ).toEqual(['2026-11-09 09:00', '2026-11-16 09:00', '2026-11-30 09:00']);
    expect(left(story)).toEqual([
      '2026-12-07 09:00 focal_point silent',
      '2026-12-14 09:00 alternate silent',
      '2026-12-21 09:00 mission silent',
      '2026-12-21 09:00 call requester',
    ]);
    expect([awaiting(story.state), nextStep(story.state)]).toEqual(['coordinator', 'Call the State']);
    expect(story.mailsOf('call_due')).toEqual(['call_due L0']);
  });

  it('is written to as at the beginning once it has answered, and counts anew', () => {
    const story = dayByDay(broughtTo('returned', '2026-11-02 10:00'), '2026-12-09 10:00');
    expect(rungsWrittenTo(story.state, 'requester')).toEqual(['focal_point', 'alternate']);
    story.does('focal point', 'answer', { answers: ['Defence.'] });
    expect(currentRung(story.state, 'requester')).toBe('focal_point');
    story.does('owner', 'return', { questions: ['And the budget?'] });
    dayByDay(story, '2027-01-11 08:00');
    expect(left(story)).toEqual(['2026-12-07 09:00 focal_point silent']);
  });

  it('is written to as at the beginning once the owner has reached it by telephone', () => {
    const story = dayByDay(broughtTo('returned', '2026-11-02 10:00'), '2026-12-22 10:00');
    const contact = { with: 'The mission', means: 'call', text: 'No answer.' };
    story.does('owner', 'log-contact', contact);
    expect(callsDue(story.state)).toEqual(['requester']);
    story.does('owner', 'log-contact', { ...contact, text: 'They will answer.', reached: 'requester' });
    expect(callsDue(story.state)).toEqual([]);
    expect([awaiting(story.state), nextStep(story.state)]).toEqual(['state', 'Wait for the State’s answers']);
    expect(rungsWrittenTo(story.state, 'requester')).toEqual(['focal_point']);
  });

  it('may be a responder, of which only its own clock is counted', () => {
    const story = broughtTo('circulated', '2027-04-26 09:00');
    story.does('coalition', 'decline-invitation', { reason: 'No capacity.' }, '2027-04-28 10:00');
    dayByDay(story, '2027-06-12 12:00');
    expect(left(story)).toEqual([
      '2027-06-02 09:00 responders silent',
      '2027-06-09 09:00 others silent',
      '2027-06-09 09:00 call org-legalaid',
    ]);
    expect([awaiting(story.state), nextStep(story.state)]).toEqual(['coordinator', 'Call the responder']);
    story.does('legalaid', 'express-interest', {});
    expect(callsDue(story.state)).toEqual([]);
  });

  it('is asked after by two heartbeats before another contact is', () => {
    const story = dayByDay(broughtTo('national_process', '2026-11-24 10:00'), '2027-05-31 10:00');
    expect(left(story)[0]).toMatch(/ focal_point silent$/);
    const third = story.log.filter(({ type }) => type === 'reminder_due')[2];
    expect(story.log.find(({ type }) => type === 'contact_unreachable')?.effectiveAt).toBeGreaterThan(
      (third?.effectiveAt ?? Infinity) + 5 * DAY_MS,
    );
  });

  it('is not pressed while the case rests: the time goes on when it does', () => {
    const story = dayByDay(broughtTo('returned', '2026-11-02 10:00'), '2026-12-01 10:00');
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-02-01' });
    dayByDay(story, '2027-01-18 10:00');
    expect(left(story)).toEqual([]);
    story.does('owner', 'resume', {});
    dayByDay(story, '2027-01-21 18:00');
    expect(left(story)).toEqual([]);
    dayByDay(story, '2027-01-26 18:00');
    expect(left(story).at(0)).toMatch(/focal_point silent$/);
  });

  it('counts by the number of reminders that the rules of mail say', () => {
    const story = broughtTo('returned', '2026-11-02 10:00');
    story.rules.silentReminders = 1;
    try {
      dayByDay(story, '2026-11-17 10:00');
      expect(left(story)).toEqual(['2026-11-16 09:00 focal_point silent']);
    } finally {
      delete story.rules.silentReminders;
    }
  });
});

describe('the contacts of a side', () => {
  const state = broughtTo('circulated').state;

  it('follow one another: instead of one that refuses, besides one that is silent', () => {
    const silent = leave(state, 'requester', 'silent');
    expect(rungsWrittenTo(silent, 'requester')).toEqual(['focal_point', 'alternate']);
    const refused = leave(state, 'requester', 'refused');
    expect(rungsWrittenTo(refused, 'requester')).toEqual(['alternate']);
    expect(rungsWrittenTo(leave(refused, 'requester', 'silent'), 'requester')).toEqual(['alternate', 'mission']);
  });

  it('are all written to once more when none is left, and nothing more is recorded', () => {
    const gone = ['refused', 'refused', 'refused'].reduce((one) => leave(one, 'requester', 'refused'), state);
    expect(rungsWrittenTo(gone, 'requester')).toEqual(['focal_point', 'alternate', 'mission']);
    expect(leaveRung(gone, 'requester', 'refused')).toEqual([]);
  });

  it('are nothing that a responder can find out of another side', () => {
    const gone = ['refused', 'refused', 'refused'].reduce((one) => leave(one, 'requester', 'refused'), state);
    expect(ownPart(gone, 'org-legalaid')).not.toHaveProperty('unreached');
    expect(moveOf(gone)).toBe(moveOf(state));
  });

  it('of a party that the State excludes are forgotten with it', () => {
    const story = broughtTo('circulated');
    story.state = ['refused', 'refused'].reduce((one) => leave(one, 'org-legalaid', 'refused'), story.state);
    expect(callsDue(story.state)).toEqual(['org-legalaid']);
    story.does('owner', 'exclude-party', { party: 'LEGALAID', reason: 'Asked for.' });
    expect(callsDue(story.state)).toEqual([]);
    expect(story.state.unreached).toEqual({});
  });

  it('are called no more once the case has ended', () => {
    const story = broughtTo('returned', '2026-11-02 10:00');
    story.state = ['refused', 'refused', 'refused'].reduce((one) => leave(one, 'requester', 'refused'), story.state);
    expect(callsDue(story.state)).toEqual(['requester']);
    story.state = { ...story.state, sideState: 'declined' };
    expect([callsDue(story.state), nextStep(story.state)]).toEqual([[], null]);
  });

  it.each(['requester', 'org-legalaid'])('of %s are called only with a log that names a side of the case', (side) => {
    const story = broughtTo('circulated');
    const contact = { with: 'X', means: 'call', text: 'Y' };
    expect(() => story.does('owner', 'log-contact', { ...contact, reached: side })).not.toThrow();
    expect(() => story.does('owner', 'log-contact', { ...contact, reached: 'org-elsewhere' })).toThrow(/^reached: /);
  });
});

describe('in whatever life of a case', () => {
  it('a ladder is climbed rung by rung, none twice, and its last rung is followed by a call', () => {
    fc.assert(
      fc.property(openings, turns(true), fc.array(fc.nat(20), { maxLength: 6 }), (opening, life, failing) => {
        const story = born(opening, 'circulated');
        for (const [index, turn] of life.entries()) {
          take(story, turn);
          dayByDay(story, inGeneva(story.now + 3 * DAY_MS));
          if (!failing.includes(index)) continue;
          const before = leftRungs(story.state, 'requester').length;
          const events = leaveRung(story.state, 'requester', 'refused');
          for (const event of events) {
            const version = story.log.length + 1;
            story.log.push({ ...event, version, effectiveAt: story.now, recordedAt: story.now, actorId: null });
          }
          story.state = fold(story.log);
          expect(leftRungs(story.state, 'requester').length).toBe(
            Math.min(3, before + events.filter(({ type }) => type !== 'call_due').length),
          );
        }
        const open = new Map<string, string[]>();
        for (const [index, event] of story.log.entries()) {
          const after = fold(story.log.slice(0, index + 1));
          for (const side of [...open.keys()]) if (!leftRungs(after, side).length) open.delete(side);
          if (event.type !== 'contact_unreachable') continue;
          const side = sideOf(event.body);
          const climbed = [...(open.get(side) ?? []), event.body.rung];
          open.set(side, climbed);
          expect(climbed).toEqual(rungsOf(side).slice(0, climbed.length));
          const next = story.log[index + 1];
          expect(next?.type === 'call_due' && sideOf(next.body) === side).toBe(climbed.length === rungsOf(side).length);
        }
        expect(fold(story.log)).toEqual({ ...story.state });
      }),
      { numRuns: 12 },
    );
  });
});
