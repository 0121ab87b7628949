import type { ClockPolicy, ClockStage, PauseReason, Step, WhenDue } from '#libs/domain/case/clock-policy.js';
import type { ConditionName, DateName, SubjectsName } from '#libs/domain/case/policy-terms.js';
import { STAGES } from '#libs/domain/case/stages.js';
import { PARTY_WORDS } from '../layout/party-words.js';

/** Every stage that a clock may belong to, in the order of a case's life. */
export const CLOCK_STAGES: readonly ClockStage[] = [...STAGES, 'suspended'];

export const WHEN_DUE_WORDS: Record<WhenDue, string> = {
  breach: 'The clock is late, for good, unless somebody excuses it.',
  heartbeat_missed: 'Nothing is late: the State is asked again about its own process.',
  became_dormant: 'Nothing is late: the case rests until the State answers.',
  became_unmatched: 'Nothing is late: the case becomes unmatched.',
};

export const PAUSE_WORDS: Record<PauseReason, string> = {
  suspended: 'while the case is suspended',
  dormant: 'while the case is dormant',
  awaiting_state: 'while questions are with the State',
};

export const CONDITION_WORDS: Record<ConditionName, string> = {
  'the case has no owner': 'the case has no owner',
  'the same answers are awaited': 'the same answers are awaited',
  'the responder is asked again': 'the responder is asked again',
  'it is the first round': 'it is the first round',
  'the search for an offer begins': 'the search for an offer begins',
  'the law is in force': 'the law is in force',
  'a law is asked for': 'a law is asked for',
  'no law is asked for': 'no law is asked for',
};

export const SUBJECT_WORDS: Record<SubjectsName, string> = {
  organisations: 'each responder',
  questions: 'each question',
  offers: 'each offer',
  milestones: 'each milestone',
  sides: 'each side',
  follow_ups: 'each follow-up',
};

export const DATE_WORDS: Record<DateName, string> = {
  'date of the milestone': 'on the date of the milestone',
  'date of the review': 'on the date of the review',
  'months after closure': '6 and 12 months after closure',
  'next 30 April': 'on the next 30 April',
};

export const CHANGE_WORDS: Record<NonNullable<ClockPolicy['onChange']>['retarget'], string> = {
  from_start: 'The time used so far counts.',
  from_now: 'The new time begins at the change.',
  keep_remaining_percent: 'The same share of the time stays left.',
};

export const REOPENING_WORDS: Record<NonNullable<ClockPolicy['onReopening']>, string> = {
  resume: 'It goes on where it stood.',
  restart: 'It begins anew.',
};

export const GRACE_WORDS = {
  none: 'It is due when the day closes.',
  next_open: 'It may still be met until the next opening.',
} as const;

export const KIND_WORDS: Record<Step['kind'], string> = {
  warning: 'Warning',
  reminder: 'Reminder',
  escalation: 'Escalation',
};

/** Headings of what a clock says, in the order in which it is told. */
export const ROW_LABELS = {
  title: 'What is promised',
  stage: 'Stage',
  startsOn: 'Starts with',
  startsIf: 'But only if',
  subjects: 'Runs once for',
  stopsOn: 'Stops with',
  endsOn: 'Ends without a verdict with',
  target: 'Time promised',
  byPriority: 'Other times by priority',
  calendar: 'Counts on the calendar',
  pausedBy: 'Rests',
  steps: 'Who hears before and after',
  whenDue: 'At the deadline',
  onChange: 'When the promise changes',
  onReopening: 'When the case is reopened',
  graceUntil: 'A deadline on closing time',
  rearms: 'After it has stopped',
} as const;
export type RowKey = keyof typeof ROW_LABELS;

/** Everything here that pages say. */
export const POLICY_WORDS: readonly string[] = [
  PARTY_WORDS,
  WHEN_DUE_WORDS,
  PAUSE_WORDS,
  CONDITION_WORDS,
  SUBJECT_WORDS,
  DATE_WORDS,
  CHANGE_WORDS,
  REOPENING_WORDS,
  GRACE_WORDS,
  KIND_WORDS,
  ROW_LABELS,
].flatMap((words) => Object.values<string>(words));
