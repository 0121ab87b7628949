import { clock, escalate, remind } from './steps.js';

/** Clocks of a closed case (`product.md`, Case lifecycle, row 12) and of a suspended one. */
export const outcomeForm = clock({
  name: 'outcome_form',
  title: 'Outcome form',
  stage: 'closed',
  startsOn: ['closed'],
  stopsOn: ['outcome_recorded'],
  endsOn: ['reopened'],
  subjects: 'sides',
  target: { workingDays: 20, at: 'close' },
  pausedBy: [],
  steps: [remind(-5, 'requester', 'responder')],
  breachTo: ['L0'],
});

export const followUp = clock({
  name: 'follow_up',
  title: 'Follow-up after closure',
  stage: 'closed',
  startsOn: ['closed'],
  stopsOn: ['follow_up_recorded'],
  endsOn: ['reopened'],
  subjects: 'follow_ups',
  target: { date: 'months after closure' },
  pausedBy: [],
  steps: [remind(-5, 'L0')],
  breachTo: ['L0'],
});

export const suspensionReview = clock({
  name: 'suspension_review',
  title: 'Review of the suspension',
  stage: 'suspended',
  startsOn: ['suspended'],
  stopsOn: ['resumed'],
  target: { date: 'date of the review' },
  pausedBy: [],
  steps: [remind(0, 'L0'), escalate(1, 5)],
  breachTo: ['L0'],
});
