import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { NOT_RECEIVED } from '#libs/contracts/case-workflow.js';

/** The rules refused the command. */
export class CommandRefused extends Error {
  override name = 'CommandRefused';

  constructor(
    readonly code: string,
    message: string,
    readonly allowed: readonly string[],
  ) {
    super(message);
  }
}

/** No workflow runs for the case: not started yet, or nothing can fall due any more. */
export class CaseNotRunning extends Error {
  override name = 'CaseNotRunning';
}

/** Temporal or the worker did not answer in time. The command may still be applied: send it again with the same key. */
export class WorkflowUnavailable extends Error {
  override name = 'WorkflowUnavailable';
}

const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;

/** Set by the server on an update that it dropped, or whose workflow ended under it; it may have been committed. */
const DROPPED = ['UnprocessedUpdate', 'AcceptedUpdateCompletedWorkflow'];

export type Verdict =
  | { refused: CommandRefused }
  | { notRunning: true }
  | { notReceived: true }
  | { retryAfterMs: number }
  | { unknown: true };

/** What an error of an update call means (`kernel.md`, The one serious trap). */
export function judge(error: unknown): Verdict {
  if (error instanceof WorkflowNotFoundError) return { notRunning: true };
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { retryAfterMs: 250 };
  if (error instanceof WorkflowUpdateFailedError) return judgeFailure(error.cause);
  const code = grpcCode(error);
  if (code === RESOURCE_EXHAUSTED) return { retryAfterMs: 50 };
  if (code === UNAVAILABLE || code === DEADLINE_EXCEEDED) return { retryAfterMs: 250 };
  return { unknown: true };
}

function judgeFailure(cause: unknown): Verdict {
  if (!(cause instanceof ApplicationFailure)) return { unknown: true };
  const { type, message, details } = cause;
  if (type && DROPPED.includes(type)) return { retryAfterMs: 50 };
  if (type === NOT_RECEIVED) return { notReceived: true };
  const [first] = (details ?? []) as { allowed?: string[] }[];
  // Only a refusal says what is allowed instead; a defect or an unknown update name is no answer of the rules.
  return type && first?.allowed ? { refused: new CommandRefused(type, message, first.allowed) } : { unknown: true };
}

function grpcCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'number') return error.code;
  return 'cause' in error ? grpcCode(error.cause) : undefined;
}
