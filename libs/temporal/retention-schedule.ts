import type { Client } from '@temporalio/client';
import { RETENTION_WORKFLOW, retentionScheduleId } from '#libs/contracts/retention-workflow.js';
import { keepSchedule } from './standing-schedule.js';

/** At night in Geneva, once a day; a night that was missed is made up for. */
export function scheduleRetention(client: Client, taskQueue: string): Promise<void> {
  return keepSchedule(client, {
    scheduleId: retentionScheduleId(taskQueue),
    workflowType: RETENTION_WORKFLOW,
    taskQueue,
    spec: { calendars: [{ hour: 2, minute: 40 }], timezone: 'Europe/Zurich' },
    runTimeout: '1 day',
    catchup: '1 day',
  });
}
