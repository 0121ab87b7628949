import { heardOf, leftRungs, sideOf, withReached } from './contact-ladder.js';
import type { EventBodies, EventType, LoggedEvent, NewEvent } from './events.js';
import { DELIVERED_VERSION } from './policy-book.js';
import { concernsLaw } from './request-form.js';
import { excluding } from './exclusions.js';
import { hasOpenOffer, isAskedAgain } from './invitations.js';
import { cycleKey } from './state.js';
import type { CaseState, InvitationStatus } from './state.js';

/** A case before its first event. */
export const NOTHING: CaseState = {
  caseId: '',
  stage: 'submitted',
  sideState: null,
  requestingState: '',
  language: 'en',
  needTypes: [],
  law: false,
  excludedParties: [],
  priority: null,
  ownerId: null,
  handOver: null,
  submittedBy: null,
  consent: null,
  round: 0,
  invitations: {},
  questions: {},
  offers: {},
  milestones: {},
  missedHeartbeats: 0,
  reported: false,
  stageBeforeClosure: null,
  reviewOn: null,
  mergedInto: null,
  breaches: {},
  policyVersion: DELIVERED_VERSION,
  escalatedTo: 0,
  lastCommandAt: 0,
};

type Change<T extends EventType> = (body: EventBodies[T], state: CaseState) => Partial<CaseState>;

const answer = (state: CaseState, organisationId: string, status: InvitationStatus): CaseState['invitations'] => ({
  ...state.invitations,
  [organisationId]: status,
});

const CHANGES: { [T in EventType]: Change<T> } = {
  opened: ({ requestingState, language, needTypes, excludedParties, submittedBy, policyVersion }) => ({
    requestingState,
    language,
    needTypes,
    law: concernsLaw(needTypes),
    excludedParties,
    submittedBy,
    policyVersion: policyVersion ?? DELIVERED_VERSION,
  }),
  acknowledged: () => ({ stage: 'verification' }),
  owner_assigned: ({ ownerId }) => ({ ownerId }),
  hand_over_offered: ({ receiverId, ownerId }) => ({ handOver: { to: receiverId, from: ownerId } }),
  hand_over_accepted: ({ ownerId }) => ({ ownerId, handOver: null }),
  hand_over_rejected: () => ({ handOver: null }),
  hand_over_withdrawn: () => ({ handOver: null }),
  hand_over_lapsed: () => ({ handOver: null }),
  authority_verified: () => ({ stage: 'triage' }),
  rejected: () => ({ sideState: 'declined' }),
  triaged: ({ priority, needTypes }) => ({ stage: 'consent', priority, needTypes, law: concernsLaw(needTypes) }),
  returned: () => ({ stage: 'returned' }),
  answered: () => ({ stage: 'triage', sideState: null }),
  referred: () => ({ sideState: 'referred' }),
  declined: () => ({ sideState: 'declined' }),
  merged: ({ into }) => ({ sideState: 'merged', mergedInto: into }),
  consent_requested: ({ audience, shows = 'request' }) => ({ consent: { status: 'requested', audience, shows } }),
  consent_given: ({ audience, shows = 'request' }) => ({
    stage: 'circulated',
    consent: { status: 'given', audience, shows },
  }),
  consent_refused: (_, { consent }) => ({
    consent: { status: 'refused', audience: consent?.audience ?? [], shows: consent?.shows ?? 'summary' },
  }),
  circulated: ({ organisations, round }, state) => ({
    stage: state.stage === 'unmatched' ? 'matching' : state.stage,
    round,
    invitations: { ...state.invitations, ...Object.fromEntries(organisations.map((id) => [id, 'invited' as const])) },
  }),
  interest_expressed: ({ organisationId }, state) => ({
    stage: 'matching',
    invitations: answer(state, organisationId, 'interested'),
  }),
  invitation_declined: ({ organisationId }, state) => ({ invitations: answer(state, organisationId, 'declined') }),
  time_asked: () => ({}),
  invitation_passed_on: ({ organisationId, to }, { contacts }) => ({ contacts: { ...contacts, [organisationId]: to } }),
  party_excluded: ({ organisationId }, state) => excluding(state, organisationId),
  question_asked: ({ questionId, organisationId }, state) => ({
    questions: { ...state.questions, [questionId]: { organisationId, answered: false } },
    invitations:
      state.invitations[organisationId] === 'invited' ? answer(state, organisationId, 'question') : state.invitations,
  }),
  question_answered: ({ questionId, organisationId }, state) => ({
    questions: { ...state.questions, [questionId]: { organisationId, answered: true } },
    invitations: isAskedAgain(state, { questionId, organisationId })
      ? answer(state, organisationId, 'invited')
      : state.invitations,
  }),
  offer_made: ({ offerId, organisationId }, state) => ({
    stage: 'matching',
    offers: { ...state.offers, [offerId]: { organisationId, status: 'open' } },
    invitations: answer(state, organisationId, 'offered'),
  }),
  offer_accepted: ({ offerId, organisationId }, state) => ({
    stage: 'planned',
    // The State has chosen: what else lay before it is declined with that.
    offers: {
      ...Object.fromEntries(
        Object.entries(state.offers).map(([id, offer]) => [
          id,
          offer.status === 'open' ? { ...offer, status: 'declined' as const } : offer,
        ]),
      ),
      [offerId]: { organisationId, status: 'accepted' },
    },
  }),
  offer_declined: ({ offerId, organisationId }, state) => {
    const offers: CaseState['offers'] = { ...state.offers, [offerId]: { organisationId, status: 'declined' } };
    const another = hasOpenOffer({ ...state, offers }, organisationId);
    return { offers, invitations: another ? state.invitations : answer(state, organisationId, 'interested') };
  },
  plan_agreed: ({ milestones }) => ({
    stage: 'delivery',
    milestones: Object.fromEntries(
      milestones.map(({ id, dueOn, responsible }) => [id, { dueOn, responsible, done: false }]),
    ),
  }),
  progress_updated: ({ milestonesDone }, state) => ({
    milestones: Object.fromEntries(
      Object.entries(state.milestones).map(([id, milestone]) => [
        id,
        milestonesDone.includes(id) ? { ...milestone, done: true } : milestone,
      ]),
    ),
  }),
  view_given: () => ({}),
  national_process_started: () => ({ stage: 'national_process', missedHeartbeats: 0 }),
  process_confirmed: () => ({ missedHeartbeats: 0, sideState: null }),
  measure_adopted: () => ({ stage: 'reporting', sideState: null }),
  reporting_recorded: () => ({ reported: true }),
  closed: (_, { stage }) => ({ stage: 'closed', stageBeforeClosure: stage }),
  outcome_recorded: () => ({}),
  follow_up_recorded: () => ({}),
  reopened: ({ stage }) => ({ stage, stageBeforeClosure: null, reported: false }),
  withdrawn: () => ({ sideState: 'withdrawn' }),
  suspended: ({ reviewOn }) => ({ sideState: 'suspended', reviewOn }),
  resumed: () => ({ sideState: null, reviewOn: null, missedHeartbeats: 0 }),
  priority_changed: ({ priority }) => ({ priority }),
  policy_applied: ({ version }) => ({ policyVersion: version }),
  contact_logged: () => ({}),
  contact_unreachable: ({ rung, because, ...side }, state) => ({
    unreached: {
      ...state.unreached,
      [sideOf(side)]: [...leftRungs(state, sideOf(side)), { rung, because }],
    },
  }),
  call_due: () => ({}),
  note_added: () => ({}),
  reply_accepted: () => ({}),
  glass_broken: ({ personId, until }, { glass }) => ({ glass: { ...glass, [personId]: Date.parse(until) } }),
  breach_excused: (body, state) => ({ breaches: { ...state.breaches, [cycleKey(body)]: 'excused' } }),
  personal_data_erased: () => ({}),
  document_added: () => ({}),
  document_released: () => ({}),
  document_removed: () => ({}),
  clock_warned: () => ({}),
  reminder_due: () => ({}),
  clock_breached: (body, state) => ({ breaches: { ...state.breaches, [cycleKey(body)]: 'standing' } }),
  clock_escalated: ({ level }, { escalatedTo }) => ({ escalatedTo: Math.max(escalatedTo, level) }),
  breach_rescinded: (body, state) => ({ breaches: { ...state.breaches, [cycleKey(body)]: 'rescinded' } }),
  heartbeat_missed: (_, { missedHeartbeats }) => ({ missedHeartbeats: missedHeartbeats + 1 }),
  became_dormant: () => ({ sideState: 'dormant' }),
  became_unmatched: () => ({ stage: 'unmatched' }),
};

/** The state after one more event. */
export function evolve(state: CaseState, event: NewEvent): CaseState {
  const change = CHANGES[event.type] as Change<EventType>;
  return { ...state, ...change(event.body, state) };
}

/** Acts of people that no command is: one that waits meanwhile still counts from when it was received. */
const BESIDE_COMMANDS: readonly EventType[] = ['document_added', 'document_released', 'document_removed'];

/** The state after one more event of the log; remembers when the last command took effect. */
export function advance(state: CaseState, event: LoggedEvent): CaseState {
  const next = withReached(evolve(state, event), heardOf(event, state));
  return event.actorId === null || BESIDE_COMMANDS.includes(event.type)
    ? next
    : { ...next, lastCommandAt: Math.max(state.lastCommandAt, event.effectiveAt) };
}

/** The state after a log, or after the part of it that is given. */
export const fold = (events: readonly LoggedEvent[], caseId = ''): CaseState =>
  events.reduce(advance, { ...NOTHING, caseId });

/** Every type of event that there is. */
export const EVENT_TYPES = Object.keys(CHANGES) as EventType[];
