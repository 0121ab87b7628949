import { PolicyStory, reply } from '../../../test/support/policy-story.js';
import type { Step } from './clock-policy.js';
import { warn } from './clocks/steps.js';

const at = (percent: number): Step => ({ id: `warn_${percent}`, kind: 'warning', at: { percent }, to: ['L0'] });

describe('warnings of a promise that changes', () => {
  it('are told once for each target, also when the clock rests in between', () => {
    const story = new PolicyStory([[reply({ steps: [warn('L0')] })]]).until('2026-11-24 15:30');
    story.does('owner', 'suspend', { reason: 'Elections.', reviewOn: '2027-02-01' }, '2026-11-24 16:00');
    story.does('owner', 'resume', {}, '2026-11-25 10:00');
    expect(story.until('2026-11-26 10:00').heard('reply')).toEqual([
      '2026-11-24 15:00 clock_warned: warning L0',
      '2026-11-25 11:00 clock_breached: breach L0',
    ]);
  });

  it('S06: are told at the change when a shorter promise has them behind it: the highest, for all', () => {
    const steps = [at(25), at(50), at(75)];
    const story = new PolicyStory([[reply({ steps })], [reply({ steps, target: { open: 'PT4H' } })]]);
    story.goesBy(2, '2026-11-24 12:30').until('2026-11-24 18:00');
    expect(story.heard('reply')).toEqual([
      '2026-11-24 11:00 clock_warned: warning L0',
      '2026-11-24 12:30 clock_warned: warning L0',
      '2026-11-24 13:00 clock_breached: breach L0',
    ]);
    expect(story.log.find(({ type, version }) => type === 'clock_warned' && version > 4)?.body).toMatchObject({
      step: 'warn_75',
      epoch: 2,
      superseded: ['warn_50', 'warn_25'],
    });
  });

  it('are told anew for a longer promise, except what it has behind it', () => {
    const steps = [at(25), at(75)];
    const story = new PolicyStory([[reply({ steps })], [reply({ steps, target: { open: 'PT16H' } })]]);
    story.goesBy(2, '2026-11-24 16:00').until('2026-11-26 09:00');
    expect(story.heard('reply')).toEqual([
      '2026-11-24 11:00 clock_warned: warning L0',
      '2026-11-24 15:00 clock_warned: warning L0',
      '2026-11-25 13:00 clock_warned: warning L0',
      '2026-11-25 17:00 clock_breached: breach L0',
    ]);
  });

  it('are silent at the breach that a shorter promise brings (S13)', () => {
    const steps = [at(50), at(75)];
    const story = new PolicyStory([[reply({ steps })], [reply({ steps, target: { open: 'PT1H' } })]]);
    story.goesBy(2, '2026-11-24 12:00').until('2026-11-24 18:00');
    expect(story.heard('reply')).toEqual(['2026-11-24 12:00 clock_breached: breach L0']);
  });

  it('come so much open time before the deadline, over the night', () => {
    const step: Step = { id: 'soon', kind: 'warning', at: { openBefore: 'PT6H' }, to: ['L0', 'L1'] };
    const story = new PolicyStory([[reply({ steps: [step] })]], { at: '2026-11-24 13:00' });
    expect(story.until('2026-11-24 18:00').heard('reply')).toEqual([
      '2026-11-24 15:00 clock_warned: warning L0, warning L1',
    ]);
  });

  it('of one instant are one: the highest', () => {
    const same: Step = { id: 'soon', kind: 'warning', at: { openBefore: 'PT4H' }, to: ['L1'] };
    const story = new PolicyStory([[reply({ steps: [at(50), same] })]]).until('2026-11-24 14:00');
    expect(story.heard('reply')).toHaveLength(1);
  });

  it('that a version adds are told from then on: what the clock has behind it counts as told', () => {
    const story = new PolicyStory([[reply()], [reply({ steps: [at(25), at(75)] })]]);
    story.goesBy(2, '2026-11-24 13:00').until('2026-11-24 16:00');
    expect(story.heard('reply')).toEqual(['2026-11-24 15:00 clock_warned: warning L0']);
  });

  it('and escalations that a version adds after its day are told at the change, never before it', () => {
    const steps: Step[] = [
      { id: 'remind_3', kind: 'reminder', at: { workingDays: 1 }, to: ['L0'] },
      { id: 'L2', kind: 'escalation', at: { workingDays: 2 }, to: ['L2'], level: 2 },
    ];
    const story = new PolicyStory([[reply()], [reply({ steps })]]).goesBy(2, '2026-12-02 12:00');
    expect(story.until('2026-12-10 12:00').heard('reply')).toEqual([
      '2026-11-24 17:00 clock_breached: breach L0',
      '2026-12-02 12:00 clock_escalated: escalation L2',
    ]);
  });

  it('of a late clock climb by open time, and stop with the clock', () => {
    const climb = (level: 1 | 2, openAfter: string): Step => {
      return { id: `L${level}`, kind: 'escalation', at: { openAfter }, to: [`L${level}`], level };
    };
    const story = new PolicyStory([[reply({ steps: [climb(1, 'PT2H'), climb(2, 'PT12H')] })]]);
    story.does('coordinator', 'acknowledge', { message: 'We have it.' }, '2026-11-25 16:00');
    expect(story.until('2026-11-30 12:00').heard('reply')).toEqual([
      '2026-11-24 17:00 clock_breached: breach L0',
      '2026-11-25 11:00 clock_escalated: escalation L1',
    ]);
  });

  it('and breaches wait for the next opening where the policy gives grace until then (D1)', () => {
    const inTime = new PolicyStory([[reply({ graceUntil: 'next_open' })]]);
    inTime.does('coordinator', 'acknowledge', { message: 'We have it.' }, '2026-11-24 20:00');
    expect(inTime.until('2026-11-30 12:00').heard('reply')).toEqual([]);
    const late = new PolicyStory([[reply({ graceUntil: 'next_open' })]]).until('2026-11-30 12:00');
    expect(late.heard('reply')).toEqual(['2026-11-25 09:00 clock_breached: breach L0']);
  });
});
