export { caseWorkflow } from './case/case.workflow.js';
export { checkpointWorkflow } from './checkpoint/checkpoint.workflow.js';
export { mailSequencesWorkflow } from './mail-sequences/mail-sequences.workflow.js';
export { reconcileWorkflow } from './reconcile/reconcile.workflow.js';
export { retentionWorkflow } from './retention/retention.workflow.js';
