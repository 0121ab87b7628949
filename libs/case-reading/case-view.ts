import type { Actor } from '#libs/domain/access/roles.js';
import { glassUntil } from '#libs/domain/access/visible-fields.js';
import type { FieldGroup } from '#libs/domain/access/visible-fields.js';
import type { Relation } from '#libs/domain/access/relations.js';
import { awaiting, moveOf } from '#libs/domain/case/awaiting.js';
import type { Awaited } from '#libs/domain/case/awaiting.js';
import { possibleVerbs } from '#libs/domain/case/decide.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import type { DeclineReason } from '#libs/domain/case/answers.js';
import { visibleForm } from '#libs/domain/case/field-letters.js';
import { nextStep } from '#libs/domain/case/next-step.js';
import { ownPart } from '#libs/domain/case/own-part.js';
import type { ErasureClass } from '#libs/domain/retention/retention-policy.js';
import type { CaseState, InvitationStatus, Shown } from '#libs/domain/case/state.js';
import type { CaseRecord, OrganisationName } from './case-record.js';
import { contactsView } from './contacts-view.js';
import type { ContactsView } from './contacts-view.js';
import { clockViews } from './clock-views.js';
import type { ClockView } from './clock-views.js';
import { handOverView } from './hand-over-view.js';
import type { HandOverView } from './hand-over-view.js';
import { processPart, respondersPart, restrictedPart } from './case-view-parts.js';
import type { Reach } from './reach.js';

export interface OfferView {
  id: string;
  organisation: OrganisationName;
  text: string | null;
  from: string;
  to: string;
  funding: string;
  status: 'open' | 'accepted' | 'declined';
  reason: string | null;
}

export interface InvitationView {
  organisation: OrganisationName;
  status: InvitationStatus;
  /** Why it has declined: in its own words, in one of a few, or both. */
  reason: string | null;
  why: DeclineReason | null;
  /** Civil date by which it will answer, where it has asked for time. */
  answersBy: string | null;
}

/** A case as one person may see it. */
export interface CaseView {
  reference: string;
  version: number;
  stage: CaseState['stage'];
  sideState: CaseState['sideState'];
  priority: CaseState['priority'];
  owner: { id: string; name: string } | null;
  /** A hand-over that waits for its receiver's answer; for coordinators. */
  handOver: HandOverView | null;
  /** Alpha-3 code of the requesting State. */
  state: string;
  stateName: string;
  stateTimezone: string;
  openedAt: string;
  /** Whose move it is. */
  awaiting: Awaited | null;
  /** How the viewer stands to the case. */
  you: Relation[];
  /** Groups of fields that the viewer may see. */
  fields: FieldGroup[];
  /** Until when a lead has opened what is restricted; null when it is not open, or open to them anyhow. */
  openUntil: string | null;
  /** Whether a law or other measure must follow; null for whoever may not know what is asked for. */
  law: boolean | null;
  needTypes: string[];
  clocks: ClockView[];
  /** Exactly the verbs that the viewer may use now. */
  nextActions: Verb[];
  /** The step that moves the case on, in words; for coordinators. */
  nextStep: string | null;
  /** Who can be reached, and whom to call; for coordinators. */
  contacts: ContactsView[] | null;
  request: Record<string, unknown>;
  summary: string | null;
  scope: string | null;
  /** The coordinator's questions to the State, and its answers. */
  information: { questions: string[]; answers: string[] | null }[];
  consent: {
    status: string;
    audience: OrganisationName[] | 'all_matching';
    /** What its readers see of the request. */
    shows: Shown;
    summary: string | null;
    /** The condition or remark of the State when it agreed, its reason when it did not. */
    reason: string | null;
  } | null;
  /** Codes or names of parties that are never shown the case, as the State wrote them; for the State and the coordinators. */
  excludedParties: string[];
  round: number;
  invitations: InvitationView[];
  responderQuestions: { id: string; organisation: OrganisationName; question: string; answer: string | null }[];
  offers: OfferView[];
  plan: {
    milestones: { id: string; title: string; dueOn: string; responsible: string; done: boolean }[];
    language: string;
    payer: string;
  } | null;
  nationalProcess: { lawTitle: string; step: string } | null;
  adoption: { title: string; number: string | null; date: string; url: string | null } | null;
  reporting: { reportDate: string } | null;
  closure: { outcome: string; text: string } | null;
  reviewOn: string | null;
  mergedInto: string | null;
  /** What has been erased of the case, and when. */
  erasures: { what: ErasureClass; at: string }[];
}

/** Builds the view from the log, so that the answer to a command is the same whenever it is asked for again. `at`: epoch ms. */
export function caseView(record: CaseRecord, actor: Actor, at: number, reach: Reach): CaseView {
  const { row, state, log } = record;
  const { relations, groups } = reach;
  const participant = groups.has('participants');
  const all = groups.has('every_offer');
  return {
    reference: row.reference,
    version: log.length,
    stage: state.stage,
    sideState: state.sideState,
    priority: state.priority,
    owner: record.person(state.ownerId),
    handOver: relations.has('coordinator') ? handOverView(record, at) : null,
    state: state.requestingState,
    stateName: record.stateName,
    stateTimezone: record.stateTimezone,
    openedAt: row.openedAt.toISOString(),
    // Who cannot be reached is the coordinators' to know.
    awaiting: relations.has('coordinator')
      ? awaiting(state)
      : moveOf(all ? state : ownPart(state, actor.organisationId ?? '')),
    you: [...relations],
    fields: [...groups],
    openUntil: openUntil(actor, state, reach),
    law: participant ? state.law : null,
    needTypes: participant ? state.needTypes : [],
    clocks: clockViews(record, actor, reach, at),
    nextActions: possibleVerbs(state, actor),
    nextStep: relations.has('coordinator') ? nextStep(state) : null,
    contacts: relations.has('coordinator') ? contactsView(record, groups.has('restricted')) : null,
    request: visibleForm(record.form, groups),
    round: state.round,
    reviewOn: state.reviewOn,
    erasures: erasures(record),
    mergedInto: groups.has('shared_work') ? state.mergedInto : null,
    ...processPart(record, participant || relations.has('invited_responder'), groups.has('shared_work')),
    ...(groups.has('restricted')
      ? restrictedPart(record)
      : { scope: null, information: [], consent: null, excludedParties: [] }),
    ...respondersPart(record, actor, all),
  };
}

const erasures = ({ log }: CaseRecord): CaseView['erasures'] =>
  log.flatMap((event) =>
    event.type === 'personal_data_erased'
      ? { what: event.body.what, at: new Date(event.effectiveAt).toISOString() }
      : [],
  );

/** Told to whoever has opened the case, while it stands open to them. */
function openUntil(actor: Actor, state: CaseState, { grounds }: Reach): string | null {
  const until = glassUntil(actor, state);
  return until !== null && grounds.has('break_glass') ? new Date(until).toISOString() : null;
}
