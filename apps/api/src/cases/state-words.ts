import type { CaseView } from '#libs/case-reading/case-view.js';
import type { ClockView } from '#libs/case-reading/clock-views.js';
import type { SideState, Stage } from '#libs/domain/case/stages.js';

const SIDES: Record<SideState, string> = {
  suspended: 'Your request rests for the time being',
  dormant: 'Your request rests until we hear from you',
  withdrawn: 'You have withdrawn this request',
  declined: 'This request was declined',
  merged: 'This request was merged into another one of yours',
  referred: 'This request was referred elsewhere',
};

const STAGES: Record<Stage, string> = {
  submitted: 'Your request has arrived',
  verification: 'We check that the request speaks for your State',
  triage: 'The coordinators study your request',
  returned: 'Questions wait for your answers',
  consent: 'The summary of your request is being prepared',
  circulated: 'Responders are reading your summary',
  matching: 'A responder is interested; an offer is awaited',
  unmatched: 'No offer was accepted yet: more responders are asked',
  planned: 'You have accepted an offer: the plan is being agreed',
  delivery: 'The work is under way',
  national_process: 'Your national process is under way',
  reporting: 'Your measure is in force: the Article 7 report comes next',
  closed: 'This request is closed',
};

const DECIDES = 'You decide who may read your summary';
const GOES_OUT = 'You have agreed: your summary goes out to responders';
const OFFER_WAITS = 'An offer waits for your decision';

/** Where the State's request is, in one sentence. */
export function situationOf({ stage, sideState, consent, round, offers }: CaseView): string {
  if (sideState) return SIDES[sideState];
  if (stage === 'consent' && consent?.status === 'requested') return DECIDES;
  if (stage === 'circulated' && round === 0) return GOES_OUT;
  if (offers.some(({ status }) => status === 'open')) return OFFER_WAITS;
  return STAGES[stage];
}

type Who = 'coordinators' | 'responders' | 'committee' | 'you';

/** Each clock as the State reads it: who does what. What it does itself stands under "Expected of you". */
const PROMISES: Record<string, [who: Who, what: string]> = {
  acknowledge: ['coordinators', 'tell you that a person has your request'],
  verify: ['coordinators', 'check that the request speaks for your State'],
  assign_owner: ['coordinators', 'name one person who looks after your request'],
  triage: ['coordinators', 'settle scope and priority, and write the summary'],
  answer: ['you', 'answer the questions'],
  consent_request: ['coordinators', 'ask for your consent'],
  consent: ['you', 'decide who may read your summary'],
  circulate: ['coordinators', 'send the summary to responders'],
  responder_answer: ['responders', 'says whether it can help'],
  answer_question: ['coordinators', 'answer a question of this responder'],
  first_offer: ['responders', 'make a first offer'],
  offer_decision: ['you', 'decide on the offer'],
  acceptable_offer: ['responders', 'make an offer that you accept; after that date more responders are asked'],
  second_round: ['coordinators', 'ask more responders'],
  placement: ['committee', 'hears of your request, if no offer has been accepted'],
  plan: ['coordinators', 'agree the plan with you'],
  responder_update: ['responders', 'tell how the work stands'],
  requester_view: ['you', 'tell how the help serves you'],
  milestone: ['responders', 'reach this milestone'],
  heartbeat: ['you', 'tell where your national process stands'],
  record_adoption: ['you', 'record the measure in force'],
  reporting: ['coordinators', 'record your Article 7 report'],
  closure: ['coordinators', 'close the case'],
  outcome_form: ['responders', 'fill in the outcome form'],
  follow_up: ['coordinators', 'ask how things stand after closure'],
  suspension_review: ['coordinators', 'review the suspension'],
};

export const WHO: Record<Who, string> = {
  coordinators: 'The coordinators',
  responders: 'The responders',
  committee: 'The Coordination Committee',
  you: 'You',
};

/** What others owe the State, by when; nearest first. */
export const expectedOfOthers = ({ clocks }: CaseView) =>
  clocks
    .filter(({ stoppedAt, subject }) => stoppedAt === null && subject !== 'requester')
    .map((clock) => ({ ...promiseOf(clock), clock }))
    .filter(({ who }) => who !== WHO.you);

/** A clock in the State's words. */
export function promiseOf({ name, title }: Pick<ClockView, 'name' | 'title'>): { who: string; what: string } {
  const [who, what] = PROMISES[name] ?? (['coordinators', title] as const);
  return { who: WHO[who], what };
}

/** A clock in a list of the State's requests. */
export const sentenceOf = ({ name, title }: { name: string; title: string }): string => SENTENCES[name] ?? title;

const SENTENCES: Record<string, string> = {
  acknowledge: 'A person tells you that your request has arrived',
  verify: 'The coordinators check who asks',
  assign_owner: 'One person is named to look after it',
  triage: 'The coordinators settle scope and priority',
  answer: 'You answer the questions',
  consent_request: 'You are asked for your consent',
  consent: 'You decide who may read your summary',
  circulate: 'The summary goes out to responders',
  responder_answer: 'Responders say whether they can help',
  answer_question: 'A question of a responder is answered',
  first_offer: 'A first offer is made',
  offer_decision: 'You decide on an offer',
  acceptable_offer: 'An offer is accepted, or more responders are asked',
  second_round: 'More responders are asked',
  placement: 'The Coordination Committee hears of your request',
  plan: 'The plan is agreed with you',
  responder_update: 'The responder tells how the work stands',
  requester_view: 'You tell how the help serves you',
  milestone: 'A milestone is reached',
  record_adoption: 'You record the measure in force',
  reporting: 'Your Article 7 report is recorded',
  closure: 'The case is closed',
  outcome_form: 'You tell what came of it',
  follow_up: 'You are asked how things stand',
  suspension_review: 'The coordinators review the suspension',
};

export const SENTENCE_WORDS: readonly string[] = Object.values(SENTENCES);
export const PROMISE_WORDS: readonly string[] = Object.values(PROMISES).map(([, what]) => what);
export const SITUATION_WORDS: readonly string[] = [
  ...Object.values(SIDES),
  ...Object.values(STAGES),
  ...[DECIDES, GOES_OUT, OFFER_WAITS],
];
