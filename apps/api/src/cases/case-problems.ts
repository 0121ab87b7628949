import { HttpException, HttpStatus } from '@nestjs/common';
import { InvalidCursor } from '#libs/case-reading/case-list.js';
import { KeyReused } from '#libs/case-store/command-desk.js';
import { CommandRefused, WorkflowUnavailable } from '#libs/temporal/update-errors.js';
import { fieldProblem } from '../problems/validation.js';

const RETRY_AFTER_SECONDS = 3;

/** What a door answers to each way a command can fail; everything else is somebody else's problem. */
export function caseProblem(error: unknown): unknown {
  if (error instanceof CommandRefused) return refused(error);
  if (error instanceof KeyReused)
    return new HttpException(
      { type: '/problems/idempotency-key-reused', title: 'Key used before', detail: error.message },
      HttpStatus.UNPROCESSABLE_ENTITY,
    );
  if (error instanceof InvalidCursor)
    return fieldProblem([{ field: 'cursor', message: error.message }], HttpStatus.BAD_REQUEST);
  return error instanceof WorkflowUnavailable || isUnreachable(error) ? workflowAway() : error;
}

/** 403 when it is not for this person at all, 409 when the case does not allow it now. */
function refused({ code, message, allowed }: CommandRefused): HttpException {
  const status = code === 'not_permitted' ? HttpStatus.FORBIDDEN : HttpStatus.CONFLICT;
  const title = code === 'not_permitted' ? 'Not for you to do' : 'Not possible now';
  return new HttpException(
    { type: `/problems/${code.replaceAll('_', '-')}`, title, detail: message, code, allowed },
    status,
  );
}

const workflowAway = (): HttpException =>
  new HttpException(
    {
      type: '/problems/workflow-unavailable',
      title: 'The workflow engine does not answer',
      detail: 'Nothing is lost; send it again with the same key.',
      retryAfter: RETRY_AFTER_SECONDS,
    },
    HttpStatus.SERVICE_UNAVAILABLE,
  );

/** A gRPC failure of the connection to Temporal (cancelled, deadline exceeded, unavailable). */
function isUnreachable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && [1, 4, 14].includes(error.code as number)) return true;
  return 'cause' in error && isUnreachable(error.cause);
}

/** Runs a door's work and answers its known failures. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw caseProblem(error);
  }
}

/** @throws 404 for anything that the caller may not know exists */
export function found<T>(value: T | null | undefined, what = 'case'): T {
  if (value === null || value === undefined)
    throw new HttpException(
      {
        type: '/problems/not-found',
        title: 'Not found',
        detail: `There is no such ${what}, or it is not for you to see.`,
      },
      HttpStatus.NOT_FOUND,
    );
  return value;
}
