import type { FieldGroup } from '../access/visible-fields.js';
import type { EventBodies, EventType } from './events.js';

/** A fact of the process that whoever may see the event may see with it. */
type Shown = FieldGroup | 'process';

const STEP = {
  clock: 'process',
  subject: 'process',
  cycle: 'process',
  step: 'process',
  dueAt: 'process',
  epoch: 'process',
  superseded: 'process',
} as const;

/** How an answer came, where it came by mail. */
const VIA = { by: 'process', acceptedBy: 'process' } as const;
const DOCUMENT = { documentId: 'process', sha256: 'restricted', size: 'restricted' } as const;

/** Who may read what an event holds, once they may see the event: a field without an entry does not compile. */
export const EVENT_FIELDS: { [T in EventType]: { [F in keyof Required<EventBodies[T]>]: Shown } } = {
  opened: {
    requestingState: 'states_parties',
    channel: 'participants',
    language: 'participants',
    needTypes: 'participants',
    excludedParties: 'restricted',
    submittedBy: 'restricted',
    formHash: 'restricted',
    policyVersion: 'process',
  },
  acknowledged: { message: 'restricted' },
  owner_assigned: { ownerId: 'process' },
  hand_over_offered: { receiverId: 'internal', ownerId: 'internal', reason: 'internal', note: 'internal' },
  hand_over_accepted: { ownerId: 'process', from: 'internal' },
  hand_over_rejected: { receiverId: 'internal', ownerId: 'internal', reason: 'internal' },
  hand_over_withdrawn: { receiverId: 'internal', ownerId: 'internal' },
  hand_over_lapsed: { receiverId: 'internal', ownerId: 'internal' },
  authority_verified: { means: 'restricted', evidence: 'restricted' },
  rejected: { reason: 'restricted' },
  triaged: { scope: 'restricted', priority: 'process', needTypes: 'participants', summary: 'participants' },
  returned: { questions: 'restricted' },
  answered: { answers: 'restricted' },
  referred: { to: 'restricted', reason: 'restricted' },
  declined: { reason: 'restricted' },
  merged: { into: 'shared_work' },
  consent_requested: { audience: 'restricted', summary: 'participants', shows: 'restricted' },
  consent_given: { audience: 'restricted', reason: 'restricted', shows: 'restricted' },
  consent_refused: { reason: 'restricted' },
  party_excluded: { organisationId: 'restricted', reason: 'restricted' },
  circulated: { organisations: 'every_offer', round: 'process' },
  interest_expressed: { organisationId: 'process', ...VIA },
  invitation_declined: { organisationId: 'process', reason: 'process', why: 'process', ...VIA },
  time_asked: { organisationId: 'process', until: 'process', ...VIA },
  invitation_passed_on: { organisationId: 'process', from: 'process', to: 'process', ...VIA },
  question_asked: { questionId: 'process', organisationId: 'process', question: 'process', ...VIA },
  question_answered: { questionId: 'process', organisationId: 'process', answer: 'process' },
  offer_made: {
    offerId: 'process',
    organisationId: 'process',
    offer: 'process',
    from: 'process',
    to: 'process',
    funding: 'process',
  },
  offer_accepted: { offerId: 'process', organisationId: 'process' },
  offer_declined: { offerId: 'process', organisationId: 'process', reason: 'process' },
  plan_agreed: { milestones: 'shared_work', language: 'shared_work', payer: 'shared_work' },
  progress_updated: { organisationId: 'process', text: 'shared_work', milestonesDone: 'shared_work', ...VIA },
  view_given: { text: 'restricted' },
  national_process_started: { lawTitle: 'shared_work', step: 'shared_work' },
  process_confirmed: { step: 'shared_work', text: 'restricted' },
  measure_adopted: {
    title: 'states_parties',
    number: 'states_parties',
    date: 'states_parties',
    url: 'states_parties',
  },
  reporting_recorded: { reportDate: 'states_parties' },
  closed: { outcome: 'shared_work', text: 'shared_work' },
  outcome_recorded: { side: 'process', text: 'shared_work' },
  follow_up_recorded: { followUp: 'process', text: 'shared_work' },
  reopened: { reason: 'shared_work', stage: 'process' },
  withdrawn: { reason: 'shared_work' },
  suspended: { reason: 'shared_work', reviewOn: 'process' },
  resumed: {},
  priority_changed: { priority: 'process', reason: 'internal' },
  policy_applied: { version: 'process', reason: 'internal' },
  contact_logged: { with: 'internal', means: 'internal', text: 'internal', reached: 'internal' },
  contact_unreachable: {
    party: 'internal',
    organisationId: 'internal',
    rung: 'internal',
    because: 'internal',
    about: 'internal',
  },
  call_due: { party: 'internal', organisationId: 'internal' },
  note_added: { text: 'internal' },
  reply_accepted: { replyId: 'internal', as: 'process', party: 'process', organisationId: 'process' },
  glass_broken: { personId: 'process', until: 'process', reason: 'process' },
  breach_excused: { clock: 'process', subject: 'process', cycle: 'process', reason: 'internal' },
  clock_warned: STEP,
  reminder_due: STEP,
  clock_breached: { ...STEP, cause: 'process' },
  clock_escalated: { ...STEP, level: 'process' },
  breach_rescinded: STEP,
  heartbeat_missed: STEP,
  became_dormant: STEP,
  became_unmatched: STEP,
  personal_data_erased: { what: 'process', rule: 'process' },
  document_added: { ...DOCUMENT, source: 'process', organisationId: 'process' },
  document_released: DOCUMENT,
  document_removed: { ...DOCUMENT, organisationId: 'process', erased: 'process' },
};

/** Whether somebody with these groups may read a field of an event that they may see. What has no entry, nobody reads. */
export function mayReadField(type: EventType, field: string, groups: ReadonlySet<FieldGroup>): boolean {
  const fields = EVENT_FIELDS[type] as Record<string, Shown | undefined>;
  const shown = Object.hasOwn(fields, field) ? fields[field] : undefined;
  return shown === 'process' || (shown !== undefined && groups.has(shown));
}
