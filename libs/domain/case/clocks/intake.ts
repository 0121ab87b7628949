import { clock, escalate, remind, remindAfter, warn, WHILE_RESTING } from './steps.js';

/** Clocks from receipt to consent (`product.md`, Case lifecycle, rows 1 to 4). */
export const acknowledge = clock({
  name: 'acknowledge',
  title: 'Acknowledge the request',
  stage: 'submitted',
  startsOn: ['opened'],
  stopsOn: ['acknowledged'],
  target: { workingDays: 2, at: 'close' },
  steps: [warn('L0')],
  breachTo: ['L0', 'L1'],
});

export const verify = clock({
  name: 'verify',
  title: 'Verify who asks',
  stage: 'verification',
  startsOn: ['acknowledged'],
  stopsOn: ['authority_verified', 'rejected'],
  target: { workingDays: 5, at: 'close' },
  steps: [warn('L0'), escalate(2, 5)],
  breachTo: ['L0', 'L1'],
});

export const assignOwner = clock({
  name: 'assign_owner',
  title: 'Give the case an owner',
  stage: 'triage',
  startsOn: ['authority_verified'],
  startsIf: 'the case has no owner',
  stopsOn: ['owner_assigned'],
  target: { workingDays: 1, at: 'close' },
  steps: [warn('L0')],
  breachTo: ['L0', 'L1'],
});

/** Name of the one clock that mails have words of their own for. */
export const HAND_OVER = 'hand_over';

/** The case stays with its owner whatever becomes of it; the lead hears when nobody answers. */
export const handOver = clock({
  name: HAND_OVER,
  title: 'Answer to the hand-over',
  stage: 'triage',
  startsOn: ['hand_over_offered'],
  stopsOn: ['hand_over_accepted', 'hand_over_rejected'],
  endsOn: ['hand_over_withdrawn', 'hand_over_lapsed'],
  target: { workingDays: 2, at: 'close' },
  steps: [warn('receiver')],
  breachTo: ['receiver', 'L0', 'L1'],
});

export const triage = clock({
  name: 'triage',
  title: 'Triage',
  stage: 'triage',
  startsOn: ['authority_verified'],
  stopsOn: ['triaged'],
  target: { workingDays: 5, at: 'close' },
  pausedBy: [...WHILE_RESTING, 'awaiting_state'],
  steps: [warn('L0'), escalate(2, 5)],
  breachTo: ['L0', 'L1'],
});

/** Never breached: a State that stays silent for 60 days lets its case go dormant. */
export const answer = clock({
  name: 'answer',
  title: 'Answer of the State to the questions',
  stage: 'returned',
  startsOn: ['returned', 'resumed'],
  startsIf: 'the same answers are awaited',
  stopsOn: ['answered'],
  target: { days: 60 },
  whenDue: 'became_dormant',
  steps: [7, 14, 28].map((days) => remindAfter(days, 'requester')),
});

export const consentRequest = clock({
  name: 'consent_request',
  title: 'Ask the State for consent',
  stage: 'consent',
  startsOn: ['triaged', 'consent_refused'],
  stopsOn: ['consent_requested'],
  target: { workingDays: 2, at: 'close' },
  steps: [warn('L0')],
  breachTo: ['L0', 'L1'],
});

export const consent = clock({
  name: 'consent',
  title: 'Consent of the State',
  stage: 'consent',
  startsOn: ['consent_requested'],
  stopsOn: ['consent_given', 'consent_refused'],
  target: { workingDays: 10, at: 'close' },
  steps: [remind(-5, 'requester'), warn('L0')],
  breachTo: ['L0', 'L1'],
});
