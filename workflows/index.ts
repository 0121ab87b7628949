export { caseWorkflow } from './case/case.workflow.js';
export { checkpointWorkflow } from './checkpoint/checkpoint.workflow.js';
export { reconcileWorkflow } from './reconcile/reconcile.workflow.js';
export { retentionWorkflow } from './retention/retention.workflow.js';
