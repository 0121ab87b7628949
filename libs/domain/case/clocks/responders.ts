import { clock, escalate, remind, warn } from './steps.js';

/** Clocks from circulation to an accepted offer (`product.md`, Case lifecycle, rows 5 to 6u). */
export const circulate = clock({
  name: 'circulate',
  title: 'Circulate to responders',
  stage: 'circulated',
  startsOn: ['consent_given'],
  stopsOn: ['circulated'],
  target: { workingDays: 2, at: 'close' },
  steps: [warn('L0')],
  breachTo: ['L0', 'L1'],
});

export const responderAnswer = clock({
  name: 'responder_answer',
  title: 'Answer of the responder',
  stage: 'circulated',
  startsOn: ['circulated', 'question_answered'],
  startsIf: 'the responder is asked again',
  stopsOn: ['interest_expressed', 'invitation_declined', 'question_asked', 'offer_made'],
  endsOn: ['offer_accepted', 'became_unmatched'],
  subjects: 'organisations',
  target: { workingDays: 15, at: 'close' },
  steps: [...[-5, 0, 5].map((days) => remind(days, 'responder')), escalate(1, 5), escalate(2, 10)],
  breachTo: ['L0'],
});

export const answerQuestion = clock({
  name: 'answer_question',
  title: 'Answer a responder’s question',
  stage: 'circulated',
  startsOn: ['question_asked'],
  stopsOn: ['question_answered'],
  endsOn: ['offer_accepted'],
  subjects: 'questions',
  target: { workingDays: 5, at: 'close' },
  steps: [warn('L0')],
  breachTo: ['L0', 'L1'],
});

export const firstOffer = clock({
  name: 'first_offer',
  title: 'First substantive offer',
  stage: 'circulated',
  startsOn: ['circulated'],
  startsIf: 'it is the first round',
  stopsOn: ['offer_made'],
  target: { workingDays: 30, at: 'close' },
  steps: [warn('L0'), escalate(2, 10)],
  breachTo: ['L0', 'L1'],
});

export const offerDecision = clock({
  name: 'offer_decision',
  title: 'Decision of the State on an offer',
  stage: 'matching',
  startsOn: ['offer_made'],
  stopsOn: ['offer_accepted', 'offer_declined'],
  endsOn: ['offer_accepted'],
  subjects: 'offers',
  target: { workingDays: 20, at: 'close' },
  steps: [remind(-5, 'requester'), remind(0, 'requester'), escalate(2, 10)],
  breachTo: ['L0', 'L1'],
});

/** Not a breach but a turn of the process: after 60 days the case is unmatched, also after it has come back from there. */
export const acceptableOffer = clock({
  name: 'acceptable_offer',
  title: 'Acceptable offer',
  stage: 'circulated',
  startsOn: ['circulated', 'interest_expressed', 'offer_made'],
  startsIf: 'the search for an offer begins',
  stopsOn: ['offer_accepted'],
  endsOn: ['became_unmatched'],
  target: { days: 60 },
  whenDue: 'became_unmatched',
});

export const secondRound = clock({
  name: 'second_round',
  title: 'Second round, wider audience',
  stage: 'unmatched',
  startsOn: ['became_unmatched'],
  stopsOn: ['circulated'],
  // A responder that comes forward after all brings the case back to matching.
  endsOn: ['interest_expressed', 'offer_made', 'offer_accepted'],
  target: { workingDays: 5, at: 'close' },
  steps: [warn('L0')],
  breachTo: ['L0', 'L1'],
});

/** Ends 90 days after circulation: then the case is on the agenda of the Coordination Committee. */
export const placement = clock({
  name: 'placement',
  title: 'Place an unmatched request',
  stage: 'unmatched',
  startsOn: ['became_unmatched'],
  stopsOn: ['offer_accepted'],
  target: { days: 30 },
  steps: [{ id: 'L3', kind: 'escalation', at: { workingDays: 0 }, to: ['L3'], level: 3 }],
  breachTo: ['L0', 'L2'],
});
