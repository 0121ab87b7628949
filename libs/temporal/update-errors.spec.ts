import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { DEFECT, NOT_RECEIVED } from '#libs/contracts/case-workflow.js';
import { judge } from './update-errors.js';

describe('what an error of a command means', () => {
  const failed = (type: string, details: unknown[] = []) =>
    new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.nonRetryable('why', type, ...details));
  const grpc = (code: number) => Object.assign(new Error('from the server'), { code });

  it('a refusal by the rules, with its code and what is allowed instead', () => {
    const verdict = judge(failed('not_in_this_stage', [{ allowed: ['acknowledge'] }]));
    expect(verdict).toMatchObject({ refused: { code: 'not_in_this_stage', message: 'why', allowed: ['acknowledge'] } });
  });

  it('try again soon with the same key: the server is full, or dropped the update beside another one', () => {
    for (const error of [grpc(8), failed('UnprocessedUpdate'), failed('AcceptedUpdateCompletedWorkflow')])
      expect(judge(error)).toEqual({ retryAfterMs: 50 });
  });

  it('try again with the same key: no answer came, or the server is away', () => {
    const noAnswer = new WorkflowUpdateRPCTimeoutOrCancelledError('late', { cause: new Error('deadline') });
    for (const error of [grpc(14), grpc(4), { cause: grpc(14) }, noAnswer])
      expect(judge(error)).toEqual({ retryAfterMs: 250 });
  });

  it('look into the command table: no workflow runs', () => {
    expect(judge(new WorkflowNotFoundError('gone', 'case/1', undefined))).toEqual({ notRunning: true });
  });

  it('send it again: its receipt has been forgotten', () => {
    expect(judge(failed(NOT_RECEIVED))).toEqual({ notReceived: true });
  });

  it('nothing that the rules said: a defect, an update that this workflow does not know, anything else', () => {
    for (const error of [failed(DEFECT), failed('Error'), grpc(3), new Error('?'), null])
      expect(judge(error)).toEqual({ unknown: true });
  });
});
