import type { Actor } from '#libs/domain/access/roles.js';
import type { EventType, LoggedEvent } from '#libs/domain/case/events.js';
import type { InvitationStatus } from '#libs/domain/case/state.js';
import type { CaseRecord } from './case-record.js';
import type { CaseView } from './case-view.js';

const last = <T extends EventType>(log: readonly LoggedEvent[], type: T) =>
  log.findLast((event): event is LoggedEvent & { type: T } => event.type === type);

/**
 * What every participant sees of the process. Responders whose offer was not accepted learn nothing of the plan: it names
 * those who do the work, and who pays.
 */
export function processPart({ log, state, words }: CaseRecord, readsSummary: boolean, shares: boolean) {
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
export function restrictedPart({ log, state, words, organisation }: CaseRecord) {
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

/** The reason that a responder chose, or the day by which it said that it will answer. */
function whyOrWhen(log: readonly LoggedEvent[], id: string, status: InvitationStatus) {
  const said = log.findLast(({ body }) => 'organisationId' in body && body.organisationId === id);
  return {
    why: status === 'declined' ? (said?.type === 'invitation_declined' ? (said.body.why ?? null) : null) : null,
    answersBy: status === 'invited' && said?.type === 'time_asked' ? said.body.until : null,
  };
}

/** Invitations, questions and offers: all of them, or those of the viewer's own organisation. */
export function respondersPart({ log, state, words, organisation }: CaseRecord, actor: Actor, all: boolean) {
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
        ...whyOrWhen(log, id, status),
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
