import { clock, escalate, remind, warn } from './steps.js';

/** Clocks from the plan to the Article 7 report (`product.md`, Case lifecycle, rows 7 to 11). */
export const plan = clock({
  name: 'plan',
  title: 'Agree the plan',
  stage: 'planned',
  startsOn: ['offer_accepted'],
  stopsOn: ['plan_agreed'],
  target: { workingDays: 30, at: 'close' },
  steps: [warn('L0')],
  breachTo: ['L0', 'L1'],
});

export const responderUpdate = clock({
  name: 'responder_update',
  title: 'Progress update of the responder',
  stage: 'delivery',
  startsOn: ['plan_agreed'],
  stopsOn: ['progress_updated'],
  endsOn: ['national_process_started'],
  rearms: true,
  target: { days: 30 },
  steps: [remind(-5, 'responder'), remind(0, 'responder'), escalate(1, 10)],
  breachTo: ['L0'],
});

export const requesterView = clock({
  name: 'requester_view',
  title: 'View of the State on the work',
  stage: 'delivery',
  startsOn: ['plan_agreed'],
  stopsOn: ['view_given'],
  endsOn: ['national_process_started'],
  rearms: true,
  target: { days: 60 },
  steps: [remind(-5, 'requester')],
  breachTo: ['L0'],
});

export const milestone = clock({
  name: 'milestone',
  title: 'Milestone of the plan',
  stage: 'delivery',
  startsOn: ['plan_agreed'],
  stopsOn: ['progress_updated'],
  endsOn: ['national_process_started'],
  subjects: 'milestones',
  target: { date: 'date of the milestone' },
  steps: [remind(-5, 'responder'), escalate(1, 10), escalate(2, 20)],
  breachTo: ['L0'],
});

/** Two missed: the lead calls. Four: dormant. Never public, never a breach. */
export const heartbeat = clock({
  name: 'heartbeat',
  title: 'Is the national process still current?',
  stage: 'national_process',
  startsOn: ['national_process_started'],
  stopsOn: ['process_confirmed'],
  endsOn: ['measure_adopted'],
  rearms: true,
  target: { days: 90 },
  whenDue: 'heartbeat_missed',
  steps: [remind(-5, 'requester'), remind(0, 'requester')],
});

export const recordAdoption = clock({
  name: 'record_adoption',
  title: 'Record the law in force',
  stage: 'national_process',
  startsOn: ['national_process_started', 'process_confirmed'],
  startsIf: 'the law is in force',
  stopsOn: ['measure_adopted'],
  target: { days: 30 },
  steps: [warn('L0'), remind(-5, 'requester')],
  breachTo: ['L0'],
});

export const reporting = clock({
  name: 'reporting',
  title: 'Article 7 report',
  stage: 'reporting',
  startsOn: ['measure_adopted'],
  stopsOn: ['reporting_recorded'],
  target: { date: 'next 30 April' },
  steps: [warn('L0', 'L2'), remind(-5, 'requester')],
  breachTo: ['L0', 'L2'],
});

export const closure = clock({
  name: 'closure',
  title: 'Close the case',
  stage: 'reporting',
  startsOn: ['reporting_recorded'],
  stopsOn: ['closed'],
  target: { workingDays: 10, at: 'close' },
  steps: [warn('L0')],
  breachTo: ['L0', 'L1'],
});
