import type { MailKind } from '#libs/contracts/mail.js';
import type { ClockPolicy, Party } from './clock-policy.js';
import { currentRung, sideOf } from './contact-ladder.js';
import type { Rung } from './contact-ladder.js';
import { HAND_OVER } from './clocks/intake.js';
import type { ClockStep, EventBodies, EventType, NewEvent } from './events.js';
import { acceptedBy, invitedAs, nobodyIsLeft } from './invitations.js';
import type { CaseState } from './state.js';

/** A mail that an event calls for. Who stands behind a party is looked up where the mail is written. */
export interface Notice {
  kind: MailKind;
  to: Party;
  /** The person, where it is not whoever owns or receives the case now. */
  personId?: string;
  /** The responder organisation, where only one of them is meant. */
  organisationId?: string;
  /** Reminders are sent at most once; everything else at least once under one Message-ID. */
  delivery: 'reminder' | 'notice';
  /** The clock that the mail speaks of, so that it can say what is due and when. */
  clock?: { name: string; subject: string };
  level?: 1 | 2 | 3;
  /** Distinguishes steps of clocks; other notices are told apart by the event's version. */
  sequence?: string;
  /** What the event's version is written after, so that what still waits can be found when its reason ends. */
  series?: string;
  /** Only this contact of the side, not everybody who is written to now. */
  rung?: Rung;
  /** Of a mail that is owed again: the event that it was first owed for. */
  cause?: string;
}

type Notices<T extends EventType> = (
  body: EventBodies[T],
  state: CaseState,
  policies: readonly ClockPolicy[],
) => Notice[];

const notice = (kind: MailKind, to: Party, more: Partial<Notice> = {}): Notice => ({
  kind,
  to,
  delivery: 'notice',
  ...more,
});
const toOrganisation = (kind: MailKind, organisationId: string, more: Partial<Notice> = {}): Notice =>
  notice(kind, 'responder', { organisationId, ...more });
const onClock = (name: string, subject = ''): Partial<Notice> => ({ clock: { name, subject } });
/** Responders that count on the case: whose offer was accepted; before that, the invited ones that have not declined. */
const concerned = (state: CaseState): string[] =>
  acceptedBy(state).length ? acceptedBy(state) : invitedAs(state, 'invited', 'interested', 'question', 'offered');
const eachResponder = (kind: MailKind, organisations: readonly string[]): Notice[] =>
  organisations.map((id) => toOrganisation(kind, id));
const everySide = (kind: MailKind, state: CaseState): Notice[] => [
  notice(kind, 'requester'),
  ...eachResponder(kind, concerned(state)),
];
/** What names the mails about reaching a side, so that they stop when it has been heard of. */
export const ofSide = (side: string): [string, string] => ['side', side];
const ended: Notices<'declined' | 'rejected' | 'referred' | 'merged'> = () => [notice('case_ended', 'requester')];

/** The clock that a responder's own step is due on: its answer, or its reports once it does the work. */
const clockOf = (state: CaseState, organisationId: string): [string, string?] =>
  acceptedBy(state).includes(organisationId) ? ['responder_update'] : ['responder_answer', organisationId];

/** Which mails each event calls for; `state` is the case right after it. */
const NOTICES: { [T in EventType]?: Notices<T> } = {
  opened: () => [notice('receipt', 'requester', onClock('acknowledge'))],
  acknowledged: () => [notice('acknowledgement', 'requester', onClock('verify'))],
  owner_assigned: () => [notice('assignment', 'L0')],
  hand_over_offered: () => [notice('hand_over_offered', 'receiver', onClock(HAND_OVER))],
  // Whoever offered the case has ceased to own it.
  hand_over_accepted: ({ from }) => [notice('hand_over_accepted', 'L0', { personId: from })],
  hand_over_rejected: () => [notice('hand_over_rejected', 'L0')],
  hand_over_withdrawn: ({ receiverId }) => [notice('hand_over_ended', 'receiver', { personId: receiverId })],
  hand_over_lapsed: ({ receiverId }) => [notice('hand_over_ended', 'receiver', { personId: receiverId })],
  returned: () => [notice('questions', 'requester', onClock('answer'))],
  answered: () => [notice('answers', 'L0', onClock('triage'))],
  rejected: ended,
  declined: ended,
  referred: ended,
  merged: ended,
  consent_requested: () => [notice('consent_request', 'requester', onClock('consent'))],
  consent_given: () => [notice('consent_answer', 'L0', onClock('circulate'))],
  consent_refused: () => [notice('consent_answer', 'L0', onClock('consent_request'))],
  circulated: ({ organisations }) =>
    organisations.map((id) => toOrganisation('invitation', id, onClock('responder_answer', id))),
  party_excluded: (_, state) => [
    notice('party_excluded', 'L0'),
    ...(nobodyIsLeft(state) ? [notice('all_declined', 'L2', { level: 2, ...onClock('acceptable_offer') })] : []),
  ],
  interest_expressed: () => [notice('responder_answer', 'L0', onClock('first_offer'))],
  invitation_declined: (_, state) => [
    notice('responder_answer', 'L0'),
    // Nobody is interested: the ISU hears of it at once (row 5).
    ...(nobodyIsLeft(state) ? [notice('all_declined', 'L2', { level: 2, ...onClock('acceptable_offer') })] : []),
  ],
  time_asked: ({ organisationId }) => [notice('time_asked', 'L0', onClock('responder_answer', organisationId))],
  // The colleague, whom the state names by now.
  invitation_passed_on: ({ organisationId }, state) => [
    toOrganisation('passed_on', organisationId, onClock(...clockOf(state, organisationId))),
  ],
  question_asked: ({ questionId }) => [notice('responder_answer', 'L0', onClock('answer_question', questionId))],
  question_answered: ({ organisationId }) => [
    toOrganisation('question_answered', organisationId, onClock('responder_answer', organisationId)),
  ],
  offer_made: ({ offerId }) => [
    notice('offer', 'requester', onClock('offer_decision', offerId)),
    notice('responder_answer', 'L0'),
  ],
  offer_accepted: ({ organisationId }, state) => [
    toOrganisation('offer_decision', organisationId, onClock('plan')),
    // Whoever's offer was not taken hears that it was decided on, and nothing about the one that was.
    ...eachResponder(
      'offer_decision',
      invitedAs(state, 'offered').filter((id) => id !== organisationId),
    ),
    notice('offer_decision', 'L0', onClock('plan')),
  ],
  offer_declined: ({ organisationId }) => [
    toOrganisation('offer_decision', organisationId),
    notice('offer_decision', 'L0'),
  ],
  plan_agreed: (_, state) => everySide('plan', state),
  closed: (_, state) => [
    notice('closure', 'requester'),
    // Only who has helped is asked what came of it.
    ...eachResponder(acceptedBy(state).length ? 'closure' : 'case_ended', concerned(state)),
  ],
  reopened: (_, state) => everySide('reopened', state),
  withdrawn: (_, state) => [notice('case_ended', 'L0'), ...eachResponder('case_ended', concerned(state))],
  suspended: (_, state) => everySide('suspended', state),
  resumed: (_, state) => everySide('resumed', state),
  became_dormant: () => [notice('dormant', 'requester'), notice('dormant', 'L0')],
  became_unmatched: () => [
    notice('unmatched', 'requester'),
    notice('unmatched', 'L0', onClock('second_round')),
    notice('escalation', 'L2', { level: 2, ...onClock('second_round') }),
  ],
  contact_unreachable: ({ party, organisationId, because, about }, state) => {
    const side = sideOf({ party, organisationId });
    const rung = currentRung(state, side);
    if (rung === null) return [];
    const series = [about ?? 'mail', ...ofSide(side)].join(':');
    const delivery = because === 'silent' ? 'reminder' : 'notice';
    return [notice('contact_tried', party, { ...(organisationId && { organisationId }), rung, series, delivery })];
  },
  call_due: (side) => [notice('call_due', 'L0', { series: ['call', ...ofSide(sideOf(side))].join(':') })],
  // Whoever is read without being asked hears of it at once.
  glass_broken: () => [notice('glass_broken', 'requester'), notice('glass_broken', 'L0')],
  clock_warned: (body, _, policies) => stepNotices(body, policyOf(body, policies), 'warning'),
  reminder_due: (body, _, policies) => stepNotices(body, policyOf(body, policies), 'reminder'),
  clock_escalated: (body, _, policies) => stepNotices(body, policyOf(body, policies), 'escalation', body.level),
  clock_breached: (body, _, policies) => {
    const policy = policyOf(body, policies);
    return policy.breachTo.map((to) => stepNotice(body, policy, to, breachKind(body, to)));
  },
};

/** The mails that an event calls for, by the clocks of the policy that the case goes by. */
export function noticesOf(event: NewEvent, state: CaseState, policies: readonly ClockPolicy[]): Notice[] {
  const notices = NOTICES[event.type] as Notices<EventType> | undefined;
  return notices?.(event.body, state, policies) ?? [];
}

function policyOf({ clock }: ClockStep, policies: readonly ClockPolicy[]): ClockPolicy {
  const policy = policies.find(({ name }) => name === clock);
  if (!policy) throw new Error(`no clock is named ${clock}`);
  return policy;
}

/** The lead has the late step passed up; the owner is told to do it, or that the case stays after all. */
function breachKind({ clock }: ClockStep, to: Party): MailKind {
  if (to !== 'L0' && to !== 'receiver') return 'escalation';
  return clock === HAND_OVER ? 'hand_over_unanswered' : 'breach';
}

function stepNotices(body: ClockStep, policy: ClockPolicy, kind: MailKind, level?: 1 | 2 | 3): Notice[] {
  const step = policy.steps.find(({ id }) => id === body.step);
  const to: readonly Party[] = step?.to ?? (level ? [`L${level}`] : []);
  return askedOf(to, body.subject).map((party) => stepNotice(body, policy, party, kind));
}

/** Where a clock runs once for each side, a side is reminded of its own. */
export function askedOf(parties: readonly Party[], subject: string): Party[] {
  const perSide = subject === 'requester' || subject === 'responder';
  return parties.filter((party) => !perSide || party === subject || party.startsWith('L'));
}

/** What tells the mails of one step of a clock from those of every other: `sequence` in the ledger. */
export const sequenceOf = ({ clock, subject, cycle, step, epoch }: Omit<ClockStep, 'dueAt'>): string =>
  [clock, subject, cycle, step, ...(epoch ? [epoch] : [])].join(':');

/** A clock that runs per organisation reminds that one; other clocks remind whoever's offer was accepted. */
function stepNotice(body: ClockStep, { subjects }: ClockPolicy, to: Party, kind: MailKind): Notice {
  const level = /^L([123])$/.exec(to);
  const { clock, subject } = body;
  return {
    kind,
    to,
    delivery: kind === 'reminder' || kind === 'warning' ? 'reminder' : 'notice',
    clock: { name: clock, subject },
    sequence: sequenceOf(body),
    ...(to === 'responder' && subjects === 'organisations' && { organisationId: subject }),
    ...(level && { level: Number(level[1]) as 1 | 2 | 3 }),
  };
}
