import type { CaseView } from '#libs/case-reading/case-view.js';
import { nextMove } from './next-move.js';

const clock = (name: string, stoppedAt: string | null = null) => ({ name, stoppedAt, state: 'running', near: false });
const delivery = (done: boolean[], nextActions: string[]) =>
  ({
    nextStep: 'Follow the work',
    nextActions: ['update-progress', ...nextActions],
    clocks: [clock('responder_update')],
    plan: { milestones: done.map((one, index) => ({ id: String(index), done: one })) },
  }) as unknown as CaseView;
const closed = (...clocks: object[]) =>
  ({ nextStep: 'Collect the outcome', nextActions: ['record-follow-up'], clocks, plan: null }) as unknown as CaseView;

describe('what to do next', () => {
  it('is to hand the work on once every milestone is reached, and not before', () => {
    expect(nextMove(delivery([true, false], ['close'])).verb).toBeNull();
    expect(nextMove(delivery([true, true], ['close'])).verb).toBe('close');
    expect(nextMove(delivery([true], ['start-national-process'])).verb).toBe('start-national-process');
  });

  it('is to follow up once both sides have told the outcome', () => {
    const told = clock('outcome_form', '2026-11-25T09:00:00.000Z');
    expect(nextMove(closed(clock('outcome_form'), clock('follow_up'))).step).toBe('Collect the outcome');
    const { step, waitingFor } = nextMove(closed(told, clock('follow_up')));
    expect([step, ...waitingFor.map(({ name }) => name)]).toEqual(['Follow-up after closure', 'follow_up']);
  });
});
