import type { AnswerChannel } from '#libs/domain/case/answers.js';
import type { EventType } from '#libs/domain/case/events.js';

/** What each event is called on a timeline. */
export const TITLES: Record<EventType, string> = {
  opened: 'Request received',
  acknowledged: 'Acknowledged',
  owner_assigned: 'The case has an owner',
  hand_over_offered: 'Hand-over offered',
  hand_over_accepted: 'Hand-over accepted',
  hand_over_rejected: 'Hand-over rejected',
  hand_over_withdrawn: 'Hand-over withdrawn',
  hand_over_lapsed: 'Hand-over lapsed',
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
  party_excluded: 'A party is excluded',
  interest_expressed: 'A responder is interested',
  invitation_declined: 'A responder declines',
  time_asked: 'A responder needs more time',
  invitation_passed_on: 'A responder passes the request on to a colleague',
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
  contact_unreachable: 'A contact cannot be reached',
  call_due: 'A call is due',
  note_added: 'Note',
  reply_accepted: 'A reply by mail is accepted',
  glass_broken: 'The lead opens what is restricted',
  breach_excused: 'Late clock excused',
  personal_data_erased: 'Data erased',
  document_added: 'A document is added',
  document_released: 'A document is released to those who work on the case',
  document_removed: 'A document is taken back',
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

/** How an answer came that nobody signed in for. */
export const CHANNELS: Record<AnswerChannel, string> = {
  mail_link: 'by the link in a mail',
  mail_reply: 'by a reply to a mail',
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
  note: 'Note for the receiver',
  title: 'Title',
  lawTitle: 'Title of the bill',
  payer: 'Who pays',
};
