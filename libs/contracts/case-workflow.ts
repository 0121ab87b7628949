/** The case workflow's contract: names, ids and messages that client, worker and workflow share. Ids only: no content. */
export const CASE_TASK_QUEUE = 'case';
export const CASE_WORKFLOW = 'caseWorkflow';
export const COMMAND_UPDATE = 'command';
export const TICK_UPDATE = 'tick';
export const STANDING_QUERY = 'standing';

export const caseWorkflowId = (caseId: string): string => `case/${caseId}`;

export interface CaseInput {
  caseId: string;
  /** Hint only; the case store knows the truth. */
  version: number;
  /** Handed on by continue-as-new. */
  carry?: { wakeAt: number | null; stage: string; waitsFor: string | null };
}

/** Failure types of the case's activities and handlers that are no refusal by the rules. */
export const NOT_RECEIVED = 'not_received';
export const DEFECT = 'defect';

/** The command's body rests in the `command` table under this id. */
export interface CaseCommand {
  commandId: string;
}

export interface CaseOutcome {
  version: number;
  status: 'open' | 'ended';
  /** Milliseconds until something next falls due; null when nothing does. */
  wakeInMs: number | null;
  /** For people who look at the workflow: the stage or side state, and what falls due then. Never content. */
  stage: string;
  waitsFor: string | null;
}

export interface CaseStanding {
  version: number;
  status: 'open' | 'ended';
  wakeAt: number | null;
  armedAt: number | null;
  historyLength: number;
}
