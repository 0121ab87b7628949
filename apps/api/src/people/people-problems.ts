import { ForbiddenException, HttpException } from '@nestjs/common';
import { filled, NotAcceptable, NotTheirs, Stale, StandsInTheWay, Unknown } from '#libs/people/refused.js';
import { NoSuchPlace } from '#libs/people/people-list.js';
import { caseProblem, found } from '../cases/case-problems.js';
import { fieldProblem } from '../problems/validation.js';

/** What a door answers to each way in which work on people and organisations can fail. */
export async function administering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw problemOfWork(error);
  }
}

function problemOfWork(error: unknown): unknown {
  if (error instanceof Unknown) return notFound();
  if (error instanceof NotTheirs) return new ForbiddenException(error.message);
  if (error instanceof Stale)
    return new HttpException(
      { type: '/problems/precondition-failed', title: 'Changed meanwhile', detail: error.message },
      412,
    );
  if (error instanceof NotAcceptable) {
    const errors = error.fields.map(({ field, words, values }) => ({ field, message: filled(words, values) }));
    return fieldProblem(errors, 422);
  }
  if (error instanceof StandsInTheWay)
    return new HttpException(
      { type: `/problems/${error.code}`, title: 'Not possible now', detail: error.message, ...error.more },
      409,
    );
  if (error instanceof NoSuchPlace) return fieldProblem([{ field: 'cursor', message: error.message }], 400);
  return caseProblem(error);
}

function notFound(): unknown {
  try {
    return found(null, 'person or organisation');
  } catch (error) {
    return error;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id in a path. @throws 404 for what cannot be the id of anything */
export const idIn = (text: string, what = 'person'): string => found(UUID.test(text) ? text.toLowerCase() : null, what);

/** The revision that a change is based on. @throws 428 without, 412 for one that there never was */
export function revisionIn(ifMatch: string | undefined): number {
  if (!ifMatch)
    throw new HttpException(
      {
        type: '/problems/precondition-required',
        title: 'If-Match missing',
        detail: 'Send If-Match with the ETag of what you have read, so that nobody overwrites what they have not seen.',
      },
      428,
    );
  const revision = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  return revision === undefined ? -1 : Number(revision);
}

export const etagOf = ({ revision }: { revision: number }): string => `"${revision}"`;
