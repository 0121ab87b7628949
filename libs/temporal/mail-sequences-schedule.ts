import type { Client } from '@temporalio/client';
import {
  MAIL_SEQUENCES_EVERY,
  MAIL_SEQUENCES_WORKFLOW,
  mailSequencesScheduleId,
} from '#libs/contracts/mail-sequences-workflow.js';
import { keepSchedule } from './standing-schedule.js';

/** Every hour: a reminder by the day need not be exact, and each look sees all that came before. */
export function scheduleMailSequences(client: Client, taskQueue: string): Promise<void> {
  return keepSchedule(client, {
    scheduleId: mailSequencesScheduleId(taskQueue),
    workflowType: MAIL_SEQUENCES_WORKFLOW,
    taskQueue,
    spec: { intervals: [{ every: MAIL_SEQUENCES_EVERY.everyMs, offset: MAIL_SEQUENCES_EVERY.offsetMs }] },
    runTimeout: '15 minutes',
    catchup: '1 minute',
  });
}
