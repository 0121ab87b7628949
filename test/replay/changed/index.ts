import { proxyLocalActivities } from '@temporalio/workflow';
import type { CaseActivities } from '#activities/case/case.activities.js';
import { caseWorkflow as original } from '../../../workflows/case/case.workflow.js';
import type { CaseInput, CaseOutcome } from '#libs/contracts/case-workflow.js';

const { wake } = proxyLocalActivities<CaseActivities>({ startToCloseTimeout: '5 seconds' });

/** The case workflow with one step more than what was recorded: what a careless change looks like. */
export async function caseWorkflow(input: CaseInput): Promise<CaseOutcome> {
  await wake(input.caseId, Date.now());
  return original(input);
}
