import type { EventType } from '#libs/domain/case/events.js';

/** What each event is called on a timeline. */
export const TITLES: Record<EventType, string> = {
  opened: 'Request received',
  acknowledged: 'Acknowledged',
  owner_assigned: 'The case has an owner',
  authority_verified: 'Authority verified',
  rejected: 'Rejected: not authorised',
  triaged: 'Triage finished',
  returned: 'Questions to the State',
  answered: 'Answers of the State',
  referred: 'Referred',
  declined: 'Declined',
  merged: 'Merged',
  consent_requested: 'Consent asked for',
  consent_given: 'The State agrees',
  consent_refused: 'The State does not agree',
  circulated: 'Circulated to responders',
  interest_expressed: 'A responder is interested',
  invitation_declined: 'A responder declines',
  question_asked: 'A responder asks a question',
  question_answered: 'Answer to a responder',
  offer_made: 'A responder makes an offer',
  offer_accepted: 'Offer accepted',
  offer_declined: 'Offer declined',
  plan_agreed: 'Plan agreed',
  progress_updated: 'Report on progress',
  view_given: 'View of the State',
  national_process_started: 'National process started',
  process_confirmed: 'National process confirmed',
  measure_adopted: 'Measure adopted',
  reporting_recorded: 'Article 7 report recorded',
  closed: 'Closed',
  outcome_recorded: 'Outcome form',
  follow_up_recorded: 'Follow-up',
  reopened: 'Reopened',
  withdrawn: 'The State withdraws the request',
  suspended: 'Suspended',
  resumed: 'Resumed',
  priority_changed: 'Priority changed',
  policy_applied: 'Goes by another version of the policy',
  contact_logged: 'Contact logged',
  note_added: 'Note',
  breach_excused: 'Late clock excused',
  personal_data_erased: 'Data erased',
  clock_warned: 'Warning: the time is running out',
  reminder_due: 'Reminder',
  clock_breached: 'The time is over',
  clock_escalated: 'Escalated',
  breach_rescinded: 'Was in time after all',
  heartbeat_missed: 'No word on the national process',
  became_dormant: 'The case rests: no answer came',
  became_unmatched: 'No accepted offer in time',
};

/** Who hears of a clock that stays late, by level of the ladder. */
export const ESCALATED: Record<number, string> = {
  1: 'The coordinator lead is told',
  2: 'The ISU Director is told',
  3: 'The President is told',
};

/** What is sent out by the coordination. */
export const TO_OUTSIDE: readonly EventType[] = [
  'acknowledged',
  'returned',
  'consent_requested',
  'circulated',
  'question_answered',
  'closed',
  'declined',
  'referred',
  'rejected',
];

/** What a text of an event is, where an event has several. */
export const WORD_LABELS: Record<string, string> = {
  scope: 'Scope',
  summary: 'Summary',
  reason: 'Reason',
  evidence: 'Evidence',
  with: 'With whom',
  text: 'Text',
  to: 'To whom',
  title: 'Title',
  lawTitle: 'Title of the bill',
  payer: 'Who pays',
};
