import type { Audience, Priority, Shown } from './state.js';
import type { LeftBecause, Rung } from './contact-ladder.js';
import type { Channel, Language, NeedType } from './request-form.js';
import type { DeclineReason, Via } from './answers.js';
import type { Stage } from './stages.js';
import type { ErasureClass } from '../retention/retention-policy.js';

/** Free text: plain when decided, kept apart from the log afterwards (the event holds its id and salted hash). */
export type Text = { plain: string } | { textId: string; hash: string };
export const text = (plain: string): Text => ({ plain });

export const VERIFICATION_MEANS = ['mission', 'note_verbale', 'known_focal_point'] as const;
export const NATIONAL_STEPS = [
  'drafting',
  'review',
  'consultation',
  'cabinet',
  'tabled',
  'passed',
  'assent',
  'in_force',
] as const;
export const OUTCOMES = [
  'measure_adopted',
  'help_delivered',
  'partly_delivered',
  'no_offer_found',
  'no_longer_needed',
] as const;
export const FOLLOW_UPS = ['6_months', '12_months'] as const;

/** What a reply by mail can be accepted as; `contact`: it answers nothing, and is kept on file. */
export const REPLY_MEANINGS = ['interest', 'decline', 'question', 'time', 'pass_on', 'answers', 'contact'] as const;

export type ReplyMeaning = (typeof REPLY_MEANINGS)[number];
export type VerificationMeans = (typeof VERIFICATION_MEANS)[number];
export type NationalStep = (typeof NATIONAL_STEPS)[number];
export type Outcome = (typeof OUTCOMES)[number];
export type FollowUp = (typeof FOLLOW_UPS)[number];

/** One cycle of one clock: which step of it the event speaks of. */
export interface ClockStep {
  clock: string;
  subject: string;
  cycle: number;
  step: string;
  dueAt: string | null;
  /** Which target of the cycle it speaks of; absent for its first. */
  epoch?: number;
  /** Warnings of the same instant that this one stands for as well. */
  superseded?: string[];
}

/** Which document, and a proof of what was in it: SHA-256 of its bytes, and how many there are. */
export interface DocumentFacts {
  documentId: string;
  sha256: string;
  size: number;
}

/** Everything that can happen on a case, with what is remembered of it. Ids and facts only; people's words are `Text`. */
export interface EventBodies {
  opened: {
    requestingState: string;
    channel: Channel;
    language: Language;
    needTypes: NeedType[];
    excludedParties: string[];
    submittedBy: string | null;
    /** Salted hash of the form as submitted. */
    formHash: string;
    /** Version of the policy that its clocks go by; absent for the first. */
    policyVersion?: number;
  };
  acknowledged: { message: Text };
  owner_assigned: { ownerId: string };
  hand_over_offered: { receiverId: string; ownerId: string; reason: Text; note: Text | null };
  hand_over_accepted: { ownerId: string; from: string };
  hand_over_rejected: { receiverId: string; ownerId: string; reason: Text };
  hand_over_withdrawn: { receiverId: string; ownerId: string };
  /** The case got another owner, or ended, before the receiver answered. */
  hand_over_lapsed: { receiverId: string; ownerId: string };
  authority_verified: { means: VerificationMeans; evidence: Text };
  rejected: { reason: Text };
  triaged: { scope: Text; priority: Priority; needTypes: NeedType[]; summary: Text };
  returned: { questions: Text[] };
  answered: { answers: Text[] };
  referred: { to: Text; reason: Text };
  declined: { reason: Text };
  merged: { into: string };
  /** `shows` is absent for the usual: the summary, and what the form marks for participants. */
  consent_requested: { audience: Audience; summary: Text; shows?: Shown };
  consent_given: { audience: Audience; reason: Text | null; shows?: Shown };
  consent_refused: { reason: Text };
  circulated: { organisations: string[]; round: number };
  interest_expressed: { organisationId: string } & Via;
  invitation_declined: { organisationId: string; reason: Text | null; why?: DeclineReason } & Via;
  /** `until`: civil date; the responder is not reminded before it. */
  time_asked: { organisationId: string; until: string } & Via;
  /** Person ids: whoever was asked, and the colleague who gets the mails of the case from then on. */
  invitation_passed_on: { organisationId: string; from: string; to: string } & Via;
  /** The State has excluded a party after all: as if it had never been invited, from now on. */
  party_excluded: { organisationId: string; reason: Text };
  question_asked: { questionId: string; organisationId: string; question: Text } & Via;
  question_answered: { questionId: string; organisationId: string; answer: Text };
  offer_made: { offerId: string; organisationId: string; offer: Text; from: string; to: string; funding: string };
  offer_accepted: { offerId: string; organisationId: string };
  offer_declined: { offerId: string; organisationId: string; reason: Text };
  plan_agreed: {
    milestones: { id: string; title: Text; dueOn: string; responsible: string }[];
    language: string;
    payer: Text;
  };
  progress_updated: { organisationId: string | null; text: Text; milestonesDone: string[] } & Via;
  view_given: { text: Text };
  national_process_started: { lawTitle: Text; step: NationalStep };
  process_confirmed: { step: NationalStep; text: Text | null };
  measure_adopted: { title: Text; number: string | null; date: string; url: string | null };
  reporting_recorded: { reportDate: string };
  closed: { outcome: Outcome; text: Text };
  outcome_recorded: { side: 'requester' | 'responder' | 'coordinator'; text: Text };
  follow_up_recorded: { followUp: FollowUp; text: Text };
  reopened: { reason: Text; stage: Stage };
  withdrawn: { reason: Text };
  suspended: { reason: Text; reviewOn: string };
  resumed: Record<never, never>;
  priority_changed: { priority: Priority; reason: Text | null };
  policy_applied: { version: number; reason: Text };
  /** `reached`: the side that it was with, `requester` or an organisation's id; absent when nobody was reached who is missed. */
  contact_logged: { with: Text; means: string; text: Text; reached?: string };
  /**
   * Whoever of a side was written to is not any more, or not alone: the next contact is. Only the rung, no name and no
   * address. `about`: the cycle of the clock whose reminders went unanswered (`clock:subject:cycle`).
   */
  contact_unreachable: {
    party: 'requester' | 'responder';
    organisationId: string | null;
    rung: Rung;
    because: LeftBecause;
    about: string | null;
  };
  /** No contact of the side is left: the owner has to call it. */
  call_due: { party: 'requester' | 'responder'; organisationId: string | null };
  note_added: { text: Text };
  /** The owner has said what a reply by mail means; the step that it stands for follows, in the name of this side. */
  reply_accepted: {
    replyId: string;
    as: ReplyMeaning;
    party: 'requester' | 'responder' | null;
    organisationId: string | null;
  };
  /** The lead opens what is restricted, for a reason and until an instant (ISO 8601 UTC). */
  glass_broken: { personId: string; until: string; reason: Text };
  breach_excused: { clock: string; subject: string; cycle: number; reason: Text };
  /** Of a case that is over: which class of data went, and by which rule (`retention/1`, `request`). */
  personal_data_erased: { what: ErasureClass; rule: string };
  /** A document came to the case: never its name, which may say what it holds. `organisationId`: of the responder that it is from. */
  document_added: DocumentFacts & { source: 'upload' | 'mail'; organisationId: string | null };
  /** The owner lets those read it who work on the case. */
  document_released: DocumentFacts;
  /** `erased` is false when somebody else had read it before: then it stays, marked as taken back. */
  document_removed: DocumentFacts & { organisationId: string | null; erased: boolean };
  // What the case's clocks do by themselves.
  clock_warned: ClockStep;
  reminder_due: ClockStep;
  clock_breached: ClockStep & { cause: 'deadline' | 'retarget' };
  clock_escalated: ClockStep & { level: 1 | 2 | 3 };
  breach_rescinded: ClockStep;
  heartbeat_missed: ClockStep;
  became_dormant: ClockStep;
  became_unmatched: ClockStep;
}

export type EventType = keyof EventBodies;
export type NewEvent = { [T in EventType]: { type: T; body: EventBodies[T] } }[EventType];
export type EventOf<T extends EventType> = { type: T; body: EventBodies[T] };

/** An event as it stands in the log. Instants are epoch milliseconds; `actorId` null means the case's own clocks. */
export type LoggedEvent = NewEvent & {
  version: number;
  effectiveAt: number;
  recordedAt: number;
  actorId: string | null;
};
