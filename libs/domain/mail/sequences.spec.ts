import { DELIVERED_CLOCKS } from '../case/delivered-policy.js';
import { DELIVERED_MAIL_POLICY } from './mail-policy.js';
import { sequencesOf } from './sequences.js';
import type { ClockSequence } from './sequences.js';

const ALL = sequencesOf(DELIVERED_CLOCKS, DELIVERED_MAIL_POLICY);
const clock = (name: string) => ALL.find((one): one is ClockSequence => one.kind === 'clock' && one.name === name);
const at = (name: string) => clock(name)?.steps.map((step) => step.at);
const targetOf = (name: string) => DELIVERED_CLOCKS.find((one) => one.name === name)?.target;

/** The numbers of product.md, Case lifecycle. */
describe('the sequences as the program brings them', () => {
  it('remind a responder 5 working days before the last date, on it, and 5 after', () => {
    expect(at('responder_answer')).toEqual([{ workingDays: -5 }, { workingDays: 0 }, { workingDays: 5 }]);
    expect(targetOf('responder_answer')).toEqual({ workingDays: 15, at: 'close' });
    expect(clock('responder_answer')?.stopsWith).toEqual(
      expect.arrayContaining(['interest_expressed', 'invitation_declined', 'question_asked', 'offer_made']),
    );
  });

  it('remind a State of questions after 7, 14 and 28 days, until it answers', () => {
    expect(at('answer')).toEqual([{ daysFromStart: 7 }, { daysFromStart: 14 }, { daysFromStart: 28 }]);
    expect(clock('answer')?.stopsWith).toEqual(['answered']);
  });

  it('ask every 90 days whether the national process is current', () => {
    expect(targetOf('heartbeat')).toEqual({ days: 90 });
    expect(clock('heartbeat')).toMatchObject({ rearms: true, stopsWith: ['process_confirmed', 'measure_adopted'] });
    expect(clock('heartbeat')?.steps.every(({ to }) => to.includes('requester'))).toBe(true);
  });

  it('follow up 6 and 12 months after closure, and ask both sides for their outcome form', () => {
    expect(targetOf('follow_up')).toEqual({ date: 'months after closure' });
    expect(clock('outcome_form')?.steps[0]?.to).toEqual(['requester', 'responder']);
  });

  it('mention drafts after 14 and 30 idle days, and offers 60, 30 and 7 days before they end', () => {
    expect(ALL.filter(({ kind }) => kind === 'rule')).toMatchObject([
      { name: 'drafts', days: [14, 30], stopsWith: ['changed', 'discarded', 'submitted'] },
      { name: 'offers', days: [60, 30, 7], stopsWith: ['renewed', 'withdrawn'] },
    ]);
  });

  it('are each stopped by something', () => {
    for (const { stopsWith } of ALL) expect(stopsWith.length).toBeGreaterThan(0);
  });
});
