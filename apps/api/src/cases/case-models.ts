import type { HttpException } from '@nestjs/common';
import type { NamedAnnouncement } from '#libs/case-reading/announcements.js';
import type { CasePage } from '#libs/case-reading/case-reader.js';
import type { CaseView } from '#libs/case-reading/case-view.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import { LIFECYCLE } from '#libs/domain/case/lifecycle.js';
import { STAGES } from '#libs/domain/case/stages.js';
import type { Translate } from '#libs/i18n/translator.js';
import { saidOf, saidOfChoice } from './announcement-words.js';
import type { Said, Titles } from './announcement-words.js';
import { contactsModel } from './contacts-model.js';
import { DECLINE_WORDS } from './decline-words.js';
import { cycleId } from './explanation-model.js';
import { latePage } from './late-model.js';
import type { Problem } from '../problems/problem.js';
import { refusalWords } from './refusal-words.js';
import type { Field, FormOptions } from './forms/field.js';
import { errorWords, hasRemedy } from './forms/error-words.js';
import { FORMS } from './forms/index.js';
import { MILESTONE_ROWS } from './forms/form-body.js';
import { SHOWN_WORDS } from './forms/shows.js';
import { nextMove } from './next-move.js';
import { stateTasks, verbsOf } from './state-tasks.js';
import { expectedOfOthers, situationOf } from './state-words.js';
import type { Viewer } from './timeline-kinds.js';
import { timelineView } from './timeline-words.js';

/** Stages of the usual way; a case that is returned or unmatched stands beside it. */
const WAY = STAGES.filter((stage) => stage !== 'returned' && stage !== 'unmatched');
const BESIDE: Record<string, string> = { returned: 'triage', unmatched: 'matching' };

interface Action {
  verb: Verb;
  title: string;
  button: string;
  explains: string;
  /** What it will do to the clocks. */
  said: Said | null;
  rare: boolean;
}

/** What the viewer may do now, and what each step will do to the clocks, said beforehand. */
function actionsOf({ view, announcements }: CasePage, titles?: Titles): Action[] {
  return view.nextActions.map((verb) => {
    const { title, button, explains, rare = false } = FORMS[verb];
    return { verb, title, button, explains, rare, said: saidOf(announcements[verb], view.clocks, titles) };
  });
}

/** The clocks with what the ledger says of their lateness. */
const clocksOf = ({ view, lateSteps }: CasePage) =>
  view.clocks.map((clock) => ({
    ...clock,
    moved: clock.firstDueAt !== null && clock.dueAt !== null && clock.firstDueAt !== clock.dueAt,
    anchor: cycleId(clock),
    late: lateSteps.filter(
      (late) => late.clock === clock.name && late.subject === (clock.subject ?? '') && late.cycle === clock.cycle,
    ),
  }));

function common(page: CasePage, viewer: Viewer, titles?: Titles) {
  const { view, timeline } = page;
  const current = BESIDE[view.stage] ?? view.stage;
  const actions = actionsOf(page, titles);
  const clocks = clocksOf(page);
  return {
    view,
    title: `${view.stateName}: ${view.reference}`,
    stages: WAY.map((stage) => ({ stage, title: LIFECYCLE[stage].title })),
    current: WAY.findIndex((stage) => stage === current),
    stageTitle: LIFECYCLE[view.stage].title,
    actions: actions.filter(({ rare }) => !rare),
    rare: actions.filter(({ rare }) => rare),
    open: clocks.filter(({ stoppedAt }) => stoppedAt === null),
    stopped: clocks.filter(({ stoppedAt }) => stoppedAt !== null),
    shownWords: SHOWN_WORDS,
    declineWords: DECLINE_WORDS,
    entries: timelineView(timeline, view, viewer),
  };
}

/** The coordinators' page of a case: what moves it on first, and everything else after it. */
export function consolePage(page: CasePage) {
  const model = common(page, 'console');
  const move = nextMove(page.view);
  const rank = ({ verb }: Action) => (verb === move.verb ? 0 : 1);
  // What is rarely done may be what is to be done now.
  const [now, rare] = [true, false].map((isNext) => model.rare.filter(({ verb }) => (verb === move.verb) === isNext));
  const actions = [...model.actions, ...(now ?? [])].sort((a, b) => rank(a) - rank(b));
  return { ...model, actions, rare, move, contacts: contactsModel(page.view), late: latePage(page), dense: true };
}

/** The State's page: its situation first, then what is expected of it, then what others owe it. */
export function statePage(page: CasePage) {
  const { view } = page;
  const model = common(page, 'state');
  const tasks = stateTasks(view).map((task) => ({
    ...task,
    buttons: task.buttons.map((button) => ({
      ...button,
      said: saidOf(page.announcements[button.verb], view.clocks),
    })),
  }));
  const rest = [...model.actions, ...model.rare].filter(({ verb }) => !verbsOf(tasks).includes(verb));
  return {
    ...model,
    situation: situationOf(view),
    tasks,
    rest,
    others: expectedOfOthers(view),
    shownWords: SHOWN_WORDS,
    dense: true,
  };
}

/** A responder's clocks in its own words. */
export const OWN_CLOCKS: Record<string, string> = {
  responder_answer: 'Your answer',
  offer_decision: 'Decision of the State on your offer',
  responder_update: 'Your next report on progress',
  outcome_form: 'Your outcome form',
};

/** The responder's page: what is asked, and the answers it may give, each in its own form. */
export function responderPage(page: CasePage) {
  const { view } = page;
  const model = common(page, 'responder', OWN_CLOCKS);
  const forms = model.actions.map((action) => ({
    ...action,
    fields: fieldsOf(FORMS[action.verb].fields, view, NO_OPTIONS, {}, [], page.announcements[action.verb]),
  }));
  const open = model.open.map((clock) => ({ ...clock, title: OWN_CLOCKS[clock.name] ?? clock.title }));
  const invited = view.invitations.some(({ status }) => status === 'invited');
  const declined = forms.length > 0 && view.invitations.some(({ status }) => status === 'declined');
  return { ...model, forms, open, invited, declined, phone: true };
}

const NO_OPTIONS: FormOptions = { coordinators: [], responders: [] };

interface Sending {
  key: string;
  _: Translate;
  submitted?: Record<string, string | string[] | undefined>;
  refusal?: HttpException;
}

/** Steps that nobody takes without the summary, its readers and what the State said before their eyes. */
const ABOUT_CONSENT: readonly Verb[] = ['request-consent', 'give-consent', 'refuse-consent', 'circulate'];

/** The page of one step: what it does, which clocks it stops, its questions, and what was wrong with the answers. */
export function formPage({ view, announcements }: CasePage, verb: Verb, options: FormOptions, sending: Sending) {
  const announcement = announcements[verb];
  const { key, submitted = {}, refusal, _ } = sending;
  const form = FORMS[verb];
  const problem = refusal?.getResponse() as Problem | undefined;
  const errors = fieldErrors(form.fields, problem, _);
  return {
    title: form.title,
    view,
    verb,
    form,
    said: saidOf(announcement, view.clocks),
    shownWords: SHOWN_WORDS,
    consent: ABOUT_CONSENT.includes(verb) ? view.consent : null,
    fields: fieldsOf(form.fields, view, options, submitted, errors, announcement),
    errors: problem && !errors.length ? [{ field: 'main-content', text: refusalWords(problem, _) }] : errors,
    key,
  };
}

/** What was wrong, by question, in words for people. */
function fieldErrors(fields: readonly Field[], problem: Problem | undefined, _: Translate): FormError[] {
  const said = [...(problem?.errors ?? []), ...namedRefusal(problem)].map(({ field, message }) => ({
    name: field.split(/[.[]/)[0],
    message,
  }));
  return fields.flatMap((field) => {
    const error = said.find(({ name }) => name === field.name);
    return error ? [{ field: field.name, text: errorWords(field, error.message, _) }] : [];
  });
}

/** A rule names the answer that it refuses: `reviewOn: must be within …`. What has no remedy of its own is said as a whole. */
function namedRefusal(problem: Problem | undefined): { field: string; message: string }[] {
  const [, field = '', message = ''] = /^([\w.[\]]+): (.+)$/.exec(problem?.code ? (problem.detail ?? '') : '') ?? [];
  return hasRemedy(message) ? [{ field, message }] : [];
}

type Submitted = NonNullable<Sending['submitted']>;
type FormError = { field: string; text: string };

/** Fields with everything their template needs: choices, given answers, what is wrong. */
export function fieldsOf(
  fields: readonly Field[],
  view: CaseView,
  options: FormOptions,
  submitted: Submitted,
  errors: readonly FormError[],
  announcement?: NamedAnnouncement,
) {
  return fields.map((field) => {
    const list =
      'choices' in field ? (typeof field.choices === 'function' ? field.choices(view, options) : field.choices) : [];
    const given = submitted[field.name];
    const values = given === undefined ? ('checked' in field ? (field.checked?.(view) ?? []) : []) : [given].flat();
    return {
      ...field,
      list: (field.kind === 'audience' ? options.responders : list).map((choice) => ({
        ...choice,
        said: saidOfChoice(announcement, field.name, choice.value, view.clocks),
      })),
      values,
      value:
        given === undefined ? ('value' in field ? (field.value?.(view) ?? '') : '') : String([given].flat()[0] ?? ''),
      lines: 'of' in field ? (field.of?.(view) ?? []) : [],
      rowCount: MILESTONE_ROWS,
      submitted,
      error: errors.find((one) => one.field === field.name)?.text ?? null,
    };
  });
}
