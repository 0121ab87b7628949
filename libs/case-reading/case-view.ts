import type { Actor } from '#libs/domain/access/roles.js';
import { glassUntil } from '#libs/domain/access/visible-fields.js';
import type { FieldGroup } from '#libs/domain/access/visible-fields.js';
import type { Relation } from '#libs/domain/access/relations.js';
import { awaiting } from '#libs/domain/case/awaiting.js';
import type { Awaited } from '#libs/domain/case/awaiting.js';
import { possibleVerbs } from '#libs/domain/case/decide.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import type { EventType, LoggedEvent } from '#libs/domain/case/events.js';
import { visibleForm } from '#libs/domain/case/field-letters.js';
import { nextStep } from '#libs/domain/case/next-step.js';
import { ownPart } from '#libs/domain/case/own-part.js';
import type { ErasureClass } from '#libs/domain/retention/retention-policy.js';
import type { CaseState, InvitationStatus, Shown } from '#libs/domain/case/state.js';
import type { CaseRecord, OrganisationName } from './case-record.js';
import { clockViews } from './clock-views.js';
import type { ClockView } from './clock-views.js';
import { handOverView } from './hand-over-view.js';
import type { HandOverView } from './hand-over-view.js';
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
  invitations: { organisation: OrganisationName; status: InvitationStatus; reason: string | null }[];
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
    awaiting: awaiting(all ? state : ownPart(state, actor.organisationId ?? '')),
    you: [...relations],
    fields: [...groups],
    openUntil: openUntil(actor, state, reach),
    law: participant ? state.law : null,
    needTypes: participant ? state.needTypes : [],
    clocks: clockViews(record, actor, reach, at),
    nextActions: possibleVerbs(state, actor),
    nextStep: relations.has('coordinator') ? nextStep(state) : null,
    request: visibleForm(record.form, groups),
    round: state.round,
    reviewOn: state.reviewOn,
    erasures: erasures(record),
    mergedInto: groups.has('shared_work') ? state.mergedInto : null,
    ...process(record, participant || relations.has('invited_responder'), groups.has('shared_work')),
    ...(groups.has('restricted')
      ? restricted(record)
      : { scope: null, information: [], consent: null, excludedParties: [] }),
    ...responders(record, actor, all),
  };
}

const erasures = ({ log }: CaseRecord): CaseView['erasures'] =>
  log.flatMap((event) =>
    event.type === 'personal_data_erased'
      ? { what: event.body.what, at: new Date(event.effectiveAt).toISOString() }
      : [],
  );

const last = <T extends EventType>(log: readonly LoggedEvent[], type: T) =>
  log.findLast((event): event is LoggedEvent & { type: T } => event.type === type);

/** Told to whoever has opened the case, while it stands open to them. */
function openUntil(actor: Actor, state: CaseState, { grounds }: Reach): string | null {
  const until = glassUntil(actor, state);
  return until !== null && grounds.has('break_glass') ? new Date(until).toISOString() : null;
}

/**
 * What every participant sees of the process. Responders whose offer was not accepted learn nothing of the plan: it names
 * those who do the work, and who pays.
 */
function process({ log, state, words }: CaseRecord, readsSummary: boolean, shares: boolean) {
  const plan = shares ? last(log, 'plan_agreed') : undefined;
  const started = shares ? last(log, 'national_process_started') : undefined;
  const confirmed = last(log, 'process_confirmed');
  const adopted = last(log, 'measure_adopted');
  const reported = last(log, 'reporting_recorded');
  const closed = state.stage === 'closed' && shares ? last(log, 'closed') : undefined;
  const summary = last(log, 'consent_requested')?.body.summary ?? last(log, 'triaged')?.body.summary ?? null;
  return {
    summary: readsSummary ? words(summary) : null,
    plan: plan
      ? {
          milestones: plan.body.milestones.map(({ id, title, dueOn, responsible }) => ({
            id,
            title: words(title) ?? '',
            dueOn,
            responsible,
            done: state.milestones[id]?.done ?? false,
          })),
          language: plan.body.language,
          payer: words(plan.body.payer) ?? '',
        }
      : null,
    nationalProcess: started
      ? { lawTitle: words(started.body.lawTitle) ?? '', step: confirmed?.body.step ?? started.body.step }
      : null,
    adoption: adopted
      ? {
          title: words(adopted.body.title) ?? '',
          number: adopted.body.number,
          date: adopted.body.date,
          url: adopted.body.url,
        }
      : null,
    reporting: reported ? { reportDate: reported.body.reportDate } : null,
    closure: closed ? { outcome: closed.body.outcome, text: words(closed.body.text) ?? '' } : null,
  };
}

/** What only the State and the coordinators see. */
function restricted({ log, state, words, organisation }: CaseRecord) {
  const information: CaseView['information'] = [];
  for (const event of log) {
    if (event.type === 'returned')
      information.push({ questions: event.body.questions.map((text) => words(text) ?? ''), answers: null });
    const open = information.at(-1);
    if (event.type === 'answered' && open) open.answers = event.body.answers.map((text) => words(text) ?? '');
  }
  const { consent } = state;
  const decision =
    consent?.status === 'requested'
      ? null
      : last(log, consent?.status === 'given' ? 'consent_given' : 'consent_refused');
  const audience = consent?.audience ?? [];
  return {
    excludedParties: state.excludedParties.map((party) => organisation(party).name),
    scope: words(last(log, 'triaged')?.body.scope ?? null),
    information,
    consent: consent && {
      status: consent.status,
      audience: audience === 'all_matching' ? audience : audience.map(organisation),
      shows: consent.shows,
      summary: words(last(log, 'consent_requested')?.body.summary ?? null),
      reason: words(decision?.body.reason ?? null),
    },
  };
}

/** Invitations, questions and offers: all of them, or those of the viewer's own organisation. */
function responders({ log, state, words, organisation }: CaseRecord, actor: Actor, all: boolean) {
  const mine = (id: string) => all || id === actor.organisationId;
  const reasonOf = (type: 'invitation_declined' | 'offer_declined', id: string) =>
    last(
      log.filter(
        ({ body }) => ('offerId' in body ? body.offerId : 'organisationId' in body && body.organisationId) === id,
      ),
      type,
    )?.body.reason ?? null;
  const asked = log.filter((event) => event.type === 'question_asked');
  const answers = log.filter((event) => event.type === 'question_answered');
  return {
    invitations: Object.entries(state.invitations)
      .filter(([id]) => mine(id))
      .map(([id, status]) => ({
        organisation: organisation(id),
        status,
        reason: status === 'declined' ? words(reasonOf('invitation_declined', id)) : null,
      })),
    responderQuestions: asked
      .filter(({ body }) => mine(body.organisationId))
      .map(({ body }) => ({
        id: body.questionId,
        organisation: organisation(body.organisationId),
        question: words(body.question) ?? '',
        answer: words(answers.find((event) => event.body.questionId === body.questionId)?.body.answer ?? null),
      })),
    offers: log
      .filter((event) => event.type === 'offer_made')
      .filter(({ body }) => mine(body.organisationId))
      .map(({ body: { offerId, organisationId, offer, from, to, funding } }) => ({
        id: offerId,
        organisation: organisation(organisationId),
        text: words(offer),
        from,
        to,
        funding,
        status: state.offers[offerId]?.status ?? 'open',
        reason: words(reasonOf('offer_declined', offerId)),
      })),
  };
}
