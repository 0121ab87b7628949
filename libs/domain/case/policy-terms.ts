import { civilDate, plusMonths } from '../calendar/civil.js';
import type { NewEvent } from './events.js';
import { isAskedAgain } from './invitations.js';
import type { CaseState } from './state.js';

/**
 * The words that policies are written with, so that a policy is data: conditions, subjects and dates of the case. A clock
 * that needs none of them can be added by an administrator; a new word is a change of the program.
 */

type Condition = (event: NewEvent, before: CaseState) => boolean;

/** As the case stands right before the event. */
const CONDITIONS = {
  'the case has no owner': (_, { ownerId }) => ownerId === null,
  /** A dormant case that is resumed waits for the same answers again. */
  'the same answers are awaited': (event, { stage, sideState }) =>
    event.type === 'returned' || (stage === 'returned' && sideState === 'dormant'),
  /** Nobody is pressed who is interested, has declined, or still waits for an answer to another question. */
  'the responder is asked again': (event, before) =>
    event.type !== 'question_answered' || isAskedAgain(before, event.body),
  'it is the first round': (_, { round }) => round === 0,
  /** After 60 days the case is unmatched, also after it has come back from there. */
  'the search for an offer begins': (event, { stage }) => event.type === 'circulated' || stage === 'unmatched',
  'the law is in force': ({ body }) => 'step' in body && body.step === 'in_force',
  'a law is asked for': (_, { law }) => law,
  'no law is asked for': (_, { law }) => !law,
} satisfies Record<string, Condition>;

export type ConditionName = keyof typeof CONDITIONS;
export const CONDITION_NAMES = Object.keys(CONDITIONS) as ConditionName[];
export const conditionHolds = (name: ConditionName, event: NewEvent, before: CaseState): boolean =>
  CONDITIONS[name](event, before);

type Subjects = (event: NewEvent, before: CaseState) => readonly string[];

/** What there is one cycle each for; the values are ids that the event names. */
const SUBJECTS = {
  organisations: (event) => {
    if (event.type === 'circulated') return event.body.organisations;
    return 'organisationId' in event.body ? [event.body.organisationId ?? ''] : [];
  },
  questions: ({ body }) => ('questionId' in body ? [body.questionId] : []),
  offers: ({ body }) => ('offerId' in body ? [body.offerId] : []),
  milestones: (event) => {
    if (event.type === 'plan_agreed') return event.body.milestones.map(({ id }) => id);
    return event.type === 'progress_updated' ? event.body.milestonesDone : [];
  },
  sides: (event, { offers }) => {
    if (event.type === 'outcome_recorded') return [event.body.side];
    const helped = Object.values(offers).some(({ status }) => status === 'accepted');
    return helped ? ['requester', 'responder'] : ['requester'];
  },
  follow_ups: (event) => (event.type === 'follow_up_recorded' ? [event.body.followUp] : Object.keys(FOLLOW_UP_MONTHS)),
} satisfies Record<string, Subjects>;

const FOLLOW_UP_MONTHS: Record<string, number> = { '6_months': 6, '12_months': 12 };

export type SubjectsName = keyof typeof SUBJECTS;
export const SUBJECTS_NAMES = Object.keys(SUBJECTS) as SubjectsName[];
export const subjectsOf = (name: SubjectsName | undefined, event: NewEvent, before: CaseState): readonly string[] =>
  name ? (SUBJECTS[name] as Subjects)(event, before) : [''];

/** What a date may be taken from: the event that starts the clock, its subject, and the civil date of the start. */
interface Start {
  event: NewEvent;
  subject: string;
  at: number;
  zone: string;
}

/** Civil dates that the case itself names. */
const DATES = {
  'date of the milestone': ({ event, subject }) => {
    const milestones = event.type === 'plan_agreed' ? event.body.milestones : [];
    return milestones.find(({ id }) => id === subject)?.dueOn ?? '';
  },
  'date of the review': ({ event }) => (event.type === 'suspended' ? event.body.reviewOn : ''),
  'months after closure': ({ subject, at, zone }) => plusMonths(civilDate(at, zone), FOLLOW_UP_MONTHS[subject] ?? 12),
  /** Article 7 updates are due every 30 April. */
  'next 30 April': ({ at, zone }) => {
    const today = civilDate(at, zone);
    const year = Number(today.slice(0, 4));
    return today < `${year}-04-30` ? `${year}-04-30` : `${year + 1}-04-30`;
  },
} satisfies Record<string, (start: Start) => string>;

export type DateName = keyof typeof DATES;
export const DATE_NAMES = Object.keys(DATES) as DateName[];
/** A civil date of the case, `YYYY-MM-DD`. */
export const dateNamed = (name: DateName, start: Start): string => DATES[name](start);
