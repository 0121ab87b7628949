import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { CaseCommand, CaseInput, CaseOutcome, CaseStanding } from '#libs/contracts/case-workflow.js';
import {
  CASE_TASK_QUEUE,
  CASE_WORKFLOW,
  caseWorkflowId,
  COMMAND_UPDATE,
  STANDING_QUERY,
  TICK_UPDATE,
} from '#libs/contracts/case-workflow.js';
import { Gate } from './gate.js';
import { CaseNotRunning, judge, WorkflowUnavailable } from './update-errors.js';

/** A command as the command desk received it; a repeat of the same receipt carries the same `updateId`. */
export interface HandedCommand {
  commandId: string;
  updateId: string;
}

/** Speaks to case workflows: starts them, hands them commands, asks where they stand. */
export class CaseClient {
  private readonly gate = new Gate();

  constructor(
    private readonly client: Client,
    private readonly deadlineMs: number,
    private readonly taskQueue = CASE_TASK_QUEUE,
  ) {}

  /** Starts the workflow of a case; one that runs already is left alone. `again`: also after an earlier run has ended. */
  async start(input: CaseInput, { again = false, deadlineMs = this.deadlineMs } = {}): Promise<void> {
    try {
      await this.client.withDeadline(Date.now() + deadlineMs, () =>
        this.client.workflow.start(CASE_WORKFLOW, this.startOptions(input, again)),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  /**
   * Hands over a received command and waits until it is applied.
   * @throws CommandRefused · CaseNotRunning · WorkflowUnavailable (then the same call may be repeated)
   */
  command(caseId: string, { commandId, updateId }: HandedCommand): Promise<CaseOutcome> {
    return this.update(caseId, (handle) =>
      handle.executeUpdate<CaseOutcome, [CaseCommand]>(COMMAND_UPDATE, { updateId, args: [{ commandId }] }),
    );
  }

  /**
   * The same for a case whose workflow does not run: started with the command in hand, since the workflow of an ended
   * case would end again before a command that comes second.
   */
  commandAndStart(input: CaseInput, { commandId, updateId }: HandedCommand): Promise<CaseOutcome> {
    return this.update(input.caseId, () =>
      this.client.workflow.executeUpdateWithStart(COMMAND_UPDATE, {
        updateId,
        args: [{ commandId }] as [CaseCommand],
        startWorkflowOperation: new WithStartWorkflowOperation(CASE_WORKFLOW, this.startOptions(input, true)),
      }),
    );
  }

  /** Lets the case look at the clock again, after the demo clock has moved. */
  tick(caseId: string, tickId: string): Promise<CaseOutcome> {
    return this.update(caseId, (handle) => handle.executeUpdate<CaseOutcome, []>(TICK_UPDATE, { updateId: tickId }));
  }

  /** @throws WorkflowNotFoundError · QueryRejectedError when no workflow runs for the case */
  standing(caseId: string): Promise<CaseStanding> {
    return this.client.withDeadline(Date.now() + this.deadlineMs, () =>
      this.client.workflow.getHandle(caseWorkflowId(caseId)).query<CaseStanding>(STANDING_QUERY),
    );
  }

  private startOptions(input: CaseInput, again: boolean) {
    return {
      workflowId: caseWorkflowId(input.caseId),
      taskQueue: this.taskQueue,
      args: [input],
      workflowTaskTimeout: '5 seconds',
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
    } as const;
  }

  private update(caseId: string, call: (handle: WorkflowHandle) => Promise<CaseOutcome>): Promise<CaseOutcome> {
    const deadline = Date.now() + this.deadlineMs;
    const handle = this.client.workflow.getHandle(caseWorkflowId(caseId));
    return this.gate.run(caseId, async () => {
      while (Date.now() < deadline) {
        try {
          return await this.client.withDeadline(deadline, () => call(handle));
        } catch (error) {
          await this.afterFailure(error, deadline);
        }
      }
      throw new WorkflowUnavailable('The case did not answer in time.');
    });
  }

  /** Returns when another try with the same id is due; throws when there is no point. */
  private async afterFailure(error: unknown, deadline: number): Promise<void> {
    const verdict = judge(error);
    if ('refused' in verdict) throw verdict.refused;
    if ('notReceived' in verdict) throw new WorkflowUnavailable('The command was refused under this key meanwhile.');
    if ('notRunning' in verdict) throw new CaseNotRunning('No workflow runs for this case.');
    if ('unknown' in verdict) throw error;
    await sleep(Math.max(0, Math.min(verdict.retryAfterMs, deadline - Date.now())));
  }
}
