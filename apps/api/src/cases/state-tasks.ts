import type { CaseView, OfferView } from '#libs/case-reading/case-view.js';
import type { ClockView } from '#libs/case-reading/clock-views.js';
import type { Verb } from '#libs/domain/case/commands/index.js';
import type { Shown } from '#libs/domain/case/state.js';
import { isPressing } from './pressing.js';

interface TaskButton {
  verb: Verb;
  text: string;
  query?: string;
  green?: boolean;
}

/** Something that the State is asked to do: what, by when, what it must know first, and how. */
export interface StateTask {
  title: string;
  clock: ClockView | null;
  explains: string;
  offer?: OfferView;
  summary?: string | null;
  audience?: NonNullable<CaseView['consent']>['audience'];
  shows?: Shown;
  questions?: string[];
  buttons: TaskButton[];
}

/** Asked from time to time; the case does not wait for the answer. */
const PERIODIC = ['requester_view', 'heartbeat'];

type Draft = StateTask & { needs: Verb };

/** What is expected of the State now, the most urgent first. Only the first has a green button, and only if it presses or blocks the case. */
export function stateTasks(view: CaseView): StateTask[] {
  const may = (verb: Verb) => view.nextActions.includes(verb);
  const tasks = [...decisions(view), ...reports(view)]
    .filter(({ needs }) => may(needs))
    .map(({ needs: _, ...task }) => ({ ...task, buttons: task.buttons.filter(({ verb }) => may(verb)) }))
    .sort((a, b) => dueOf(a).localeCompare(dueOf(b)));
  const waits = ({ clock }: StateTask) => !clock || !PERIODIC.includes(clock.name) || isPressing(clock);
  const first = tasks.find(waits)?.buttons[0];
  if (first) first.green = true;
  return tasks;
}

const dueOf = ({ clock }: StateTask): string => clock?.dueAt ?? '9';

const openClock = ({ clocks }: CaseView, name: string, subject?: string): ClockView | null =>
  clocks.find(
    (clock) => clock.stoppedAt === null && clock.name === name && (subject === undefined || clock.subject === subject),
  ) ?? null;

/** What the case waits for. */
function decisions(view: CaseView): Draft[] {
  const open = view.offers.filter(({ status }) => status === 'open');
  return [
    {
      needs: 'answer',
      title: 'Answer the questions of the coordinators',
      clock: openClock(view, 'answer'),
      explains: 'The coordinators go on as soon as they have your answers.',
      questions: view.information.at(-1)?.questions ?? [],
      buttons: [{ verb: 'answer', text: 'Answer the questions' }],
    },
    {
      needs: 'give-consent',
      title: 'Decide who may read your summary',
      clock: openClock(view, 'consent'),
      explains: 'Nothing goes out without your consent. You may also refuse, and say why.',
      summary: view.consent?.summary ?? view.summary,
      ...(view.consent && { audience: view.consent.audience, shows: view.consent.shows }),
      buttons: [
        { verb: 'give-consent', text: 'Agree' },
        { verb: 'refuse-consent', text: 'Do not agree' },
      ],
    },
    ...open.map((offer): Draft => ({
      needs: 'accept-offer',
      title: 'Accept or decline an offer',
      clock: openClock(view, 'offer_decision', offer.id),
      explains: 'If you accept, the responder and the coordinator draw up a plan with you.',
      offer,
      buttons: [
        { verb: 'accept-offer', text: 'Accept this offer', query: `?offerId=${offer.id}` },
        { verb: 'decline-offer', text: 'Decline this offer', query: `?offerId=${offer.id}` },
      ],
    })),
  ];
}

/** What the State is asked from time to time. */
const reports = (view: CaseView): Draft[] => [
  {
    needs: 'give-view',
    title: 'Tell us how the help serves you',
    clock: openClock(view, 'requester_view'),
    explains: 'Asked every 60 days while the work goes on.',
    buttons: [{ verb: 'give-view', text: 'Send your view' }],
  },
  {
    needs: 'confirm-current',
    title: 'Tell us where your national process stands',
    clock: openClock(view, 'heartbeat'),
    explains: 'Asked every 90 days. Your process is your own and is never counted as late.',
    buttons: [
      { verb: 'confirm-current', text: 'Say where it stands' },
      { verb: 'record-adoption', text: 'The measure is in force' },
    ],
  },
  {
    needs: 'record-outcome',
    title: 'Tell us what came of it',
    clock: openClock(view, 'outcome_form', 'requester'),
    explains: 'What came of it, in a few sentences.',
    buttons: [{ verb: 'record-outcome', text: 'Fill in the outcome form' }],
  },
];

/** Verbs that a task offers; what remains is for the list of other things that the State may do. */
export const verbsOf = (tasks: readonly StateTask[]): Verb[] =>
  tasks.flatMap(({ buttons }) => buttons.map(({ verb }) => verb));
