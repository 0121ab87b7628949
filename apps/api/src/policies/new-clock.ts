import { GENEVA } from '#libs/domain/calendar/geneva.js';
import type { ClockPolicy } from '#libs/domain/case/clock-policy.js';
import { WHILE_RESTING, warn } from '#libs/domain/case/clocks/steps.js';

/** What the form of a clock that is being added proposes. */
export const NEW_CLOCK: ClockPolicy = {
  name: 'new',
  title: '',
  stage: 'submitted',
  calendar: GENEVA.id,
  startsOn: [],
  stopsOn: [],
  target: { workingDays: 2, at: 'close' },
  pausedBy: WHILE_RESTING,
  whenDue: 'breach',
  breachTo: ['L0', 'L1'],
  steps: [warn('L0')],
};
