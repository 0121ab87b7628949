import type { MailKind } from '#libs/contracts/mail.js';
import type { EventType } from '../case/events.js';
import type { Notice } from '../case/notices.js';
import type { MailClass } from './mail-class.js';

/**
 * `single`: something to do, or the fate of one's own request or offer. `informs`: single for the State, whose request it
 * is, and for whoever has a clock to act by; for the others part of their digest. `by_level`: urgent from level 2 on.
 */
type Rule = 'urgent' | 'single' | 'informs' | 'by_level';

/** Closed: a kind that nobody has thought about does not compile (product.md, Reminders; sla.md 2.7). */
const RULES: Record<MailKind, Rule> = {
  // Answers to what the State has just done.
  receipt: 'urgent',
  acknowledgement: 'urgent',
  assignment: 'single',
  hand_over_offered: 'single',
  hand_over_accepted: 'informs',
  // The case stays with its reader after all.
  hand_over_rejected: 'single',
  hand_over_ended: 'informs',
  hand_over_unanswered: 'urgent',
  questions: 'single',
  answers: 'single',
  consent_request: 'single',
  consent_answer: 'single',
  invitation: 'single',
  party_excluded: 'informs',
  responder_answer: 'informs',
  question_answered: 'single',
  offer: 'single',
  offer_decision: 'informs',
  plan: 'informs',
  reminder: 'single',
  warning: 'single',
  breach: 'urgent',
  escalation: 'by_level',
  all_declined: 'urgent',
  case_ended: 'informs',
  suspended: 'informs',
  // Their clocks run on.
  resumed: 'single',
  reopened: 'single',
  dormant: 'informs',
  unmatched: 'informs',
  // Asks what came of it.
  closure: 'single',
  // The owner decides what to do about it; the colleague is asked.
  time_asked: 'single',
  passed_on: 'single',
  reply_received: 'single',
  // Somebody has to be reached in another way.
  not_delivered: 'single',
  contact_tried: 'single',
  call_due: 'single',
  glass_broken: 'urgent',
};

/** How much a mail may wait, by what it says, whom it is for, and what has happened. */
export function classOf({ kind, to, clock, level }: Notice, eventType: EventType): MailClass {
  if (eventType === 'clock_breached') return 'urgent';
  const rule = RULES[kind];
  if (rule === 'by_level') return (level ?? 1) < 2 ? 'single' : 'urgent';
  if (rule !== 'informs') return rule;
  const ownOffer = kind === 'offer_decision' && to === 'responder';
  return to === 'requester' || clock || ownOffer ? 'single' : 'digest';
}
