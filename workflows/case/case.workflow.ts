import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineUpdate,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { CaseActivities } from '#activities/case/case.activities.js';
import { COMMAND_UPDATE, STANDING_QUERY, TICK_UPDATE } from '#libs/contracts/case-workflow.js';
import type { CaseCommand, CaseInput, CaseOutcome, CaseStanding } from '#libs/contracts/case-workflow.js';
import { CaseProgress } from './case.state.js';
import { Exclusive } from './exclusive.js';

const { commit, wake } = proxyLocalActivities<CaseActivities>({
  startToCloseTimeout: '5 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
});

const commandUpdate = defineUpdate<CaseOutcome, [CaseCommand]>(COMMAND_UPDATE);
const tickUpdate = defineUpdate<CaseOutcome>(TICK_UPDATE);
const standingQuery = defineQuery<CaseStanding>(STANDING_QUERY);

/** One case from opening to closure: commands one at a time, one armed timer, nothing decided here. */
export async function caseWorkflow(input: CaseInput): Promise<CaseOutcome> {
  const { caseId } = input;
  const progress = new CaseProgress(input);
  const steps = new Exclusive();

  const step = (act: (now: number) => Promise<CaseOutcome>): Promise<CaseOutcome> =>
    steps.run(async () => {
      const now = Date.now();
      const outcome = await act(now).catch(unwrapRefusal);
      progress.record(outcome, now);
      setCurrentDetails(progress.details);
      return outcome;
    });

  // Also of an ended case: whether it may be reopened is not decided here.
  setHandler(commandUpdate, ({ commandId }) => step((now) => commit(caseId, commandId, now)), {
    validator: ({ commandId }) => {
      if (!commandId) throw ApplicationFailure.nonRetryable('A command needs its id.', 'malformed', { allowed: [] });
    },
  });
  setHandler(tickUpdate, () => step((now) => wake(caseId, now)));
  setHandler(standingQuery, () => progress.standing(workflowInfo().historyLength));

  setCurrentDetails(progress.details);
  if (!input.carry) await step((now) => wake(caseId, now));
  while (progress.isOpen && !isFull()) {
    await untilDueOrChanged(progress);
    if (progress.isDue(Date.now())) await step((now) => wake(caseId, now));
  }
  await condition(allHandlersFinished);
  if (progress.isOpen) await continueAsNew<typeof caseWorkflow>(progress.nextRun(caseId));
  return progress.outcome();
}

const isFull = (): boolean => CaseProgress.isFull(workflowInfo().historyLength, workflowInfo().continueAsNewSuggested);

/** Waits on the one timer of the case, until it rings or must be set earlier, or the run is to end. */
async function untilDueOrChanged(progress: CaseProgress): Promise<void> {
  const attention = () => !progress.isOpen || isFull() || progress.isDueEarlierThanArmed;
  progress.armedAt = progress.wakeAt;
  if (progress.wakeAt === null) await condition(attention);
  else await condition(attention, Math.max(1, progress.wakeAt - Date.now()), { summary: progress.timerSummary });
  progress.armedAt = null;
}

/** The refusal itself, not the activity failure around it, is what the caller gets. */
function unwrapRefusal(error: unknown): never {
  throw error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause : error;
}
