import type { CaseView } from '#libs/case-reading/case-view.js';
import type { ClockView } from '#libs/case-reading/clock-views.js';
import { badgeState } from '#libs/i18n/remaining.js';
import type { Verb } from '#libs/domain/case/commands/index.js';

/** The form behind each step that the queue names, if the coordinators can take it themselves. */
const VERBS: Record<string, Verb> = {
  Acknowledge: 'acknowledge',
  'Verify who asks': 'verify',
  'Take the case': 'take',
  Triage: 'triage',
  'Ask for consent': 'request-consent',
  Circulate: 'circulate',
  'Circulate more widely': 'circulate',
  'Answer a question': 'answer-question',
  'Agree the plan': 'agree-plan',
  'Record the Article 7 report': 'record-reporting',
  'Close the case': 'close',
};

/** Both sides have sent their outcome forms; the checks after closure remain. */
const AFTER_THE_OUTCOME = 'Follow-up after closure';
const HANDED_ON: readonly Verb[] = ['start-national-process', 'close'];

/** The clocks that tell how long a step of somebody else may take. */
const WAITING: Record<string, readonly string[]> = {
  'Wait for the State’s answers': ['answer'],
  'Wait for consent': ['consent'],
  'Wait for responders': ['responder_answer'],
  'Wait for an offer': ['first_offer', 'acceptable_offer'],
  'Wait for the State’s decision': ['offer_decision'],
  'Follow the work': ['responder_update', 'milestone', 'requester_view'],
  'Follow the national process': ['record_adoption', 'heartbeat'],
  'Review the suspension': ['suspension_review'],
  'Call the State': ['answer', 'heartbeat'],
  'Call the responder': ['responder_answer', 'responder_update', 'milestone'],
  'Collect the outcome': ['outcome_form', 'follow_up'],
  [AFTER_THE_OUTCOME]: ['follow_up'],
};

export interface NextMove {
  step: string | null;
  /** The one green button; null when the move is somebody else's. */
  verb: Verb | null;
  /** Until when others may take, nearest first. */
  waitingFor: ClockView[];
  /** The step is a call to a side that nobody can reach by mail. */
  call: boolean;
  /** Somebody else has let a deadline pass. */
  late: boolean;
}

/** When every milestone is reached, the work is handed to the State's own process, or the case is closed. */
function afterTheWork({ nextStep, plan, nextActions }: CaseView): Verb | undefined {
  const reached = nextStep === 'Follow the work' && plan?.milestones.every(({ done }) => done);
  return reached ? HANDED_ON.find((verb) => nextActions.includes(verb)) : undefined;
}

const isCallDue = ({ contacts }: CaseView): boolean => contacts?.some(({ callDue }) => callDue) ?? false;

/** What moves the case on: a step of the coordinators, or whom they wait for and until when. */
export function nextMove(view: CaseView): NextMove {
  const { nextStep, nextActions, clocks } = view;
  const open = clocks.filter(({ stoppedAt }) => stoppedAt === null);
  const collected = nextStep === 'Collect the outcome' && !open.some(({ name }) => name === 'outcome_form');
  const step = collected ? AFTER_THE_OUTCOME : nextStep;
  const call = (step === 'Call the State' || step === 'Call the responder') && isCallDue(view);
  const verb = step === null ? undefined : call ? 'log-contact' : (VERBS[step] ?? afterTheWork(view));
  const names = step === null ? [] : (WAITING[step] ?? []);
  const waitingFor = open.filter(({ name }) => names.includes(name));
  return {
    step,
    verb: verb && nextActions.includes(verb) ? verb : null,
    waitingFor,
    call,
    late: waitingFor.some((clock) => badgeState(clock) === 'late'),
  };
}
