import type { Client, ScheduleOptions } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';

export interface StandingSchedule {
  scheduleId: string;
  workflowType: string;
  taskQueue: string;
  spec: ScheduleOptions['spec'];
  runTimeout: '10 minutes' | '15 minutes' | '1 day';
  /** How late a run that was missed may still be made up for. */
  catchup: '1 minute' | '1 day';
  /** Whether a new deployment has it run at once, and not only when the first interval is over. */
  atOnce?: boolean;
}

/** Creates a schedule, or brings the one that exists up to date; safe to repeat. It takes no arguments (ADR 0008). */
export async function keepSchedule(client: Client, order: StandingSchedule): Promise<void> {
  const { scheduleId, workflowType, taskQueue, spec, runTimeout, catchup, atOnce = false } = order;
  const schedule = {
    spec,
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: catchup },
    action: {
      type: 'startWorkflow',
      workflowType,
      workflowId: scheduleId,
      taskQueue,
      args: [],
      workflowRunTimeout: runTimeout,
    },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  try {
    await client.schedule.create({ scheduleId, ...schedule, state: { triggerImmediately: atOnce } });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...schedule, state }));
  }
}
