import { HttpException, HttpStatus } from '@nestjs/common';
import type { DocumentRefused } from '#libs/documents/documents.js';
import { REASONS } from '#libs/documents/reasons.js';
import type { RefusedFile } from '#libs/documents/reasons.js';
import { fieldProblem } from '../problems/validation.js';

/** What a door answers to a step that the documents of a case do not allow. */
export const documentProblem = ({ code, message }: DocumentRefused): HttpException =>
  new HttpException(
    {
      type: `/problems/${code.replaceAll('_', '-')}`,
      title: code === 'not_permitted' ? 'Not for you to do' : 'Not possible now',
      detail: message,
      code,
    },
    code === 'not_permitted' ? HttpStatus.FORBIDDEN : HttpStatus.CONFLICT,
  );

/** Every file that was not taken, with the reason. */
export const refusedFiles = (refused: readonly RefusedFile[]): HttpException =>
  fieldProblem(
    refused.map(({ name, reason }) => ({ field: 'files', message: `${name}: ${REASONS[reason]}` })),
    422,
  );

/** The form could not be read to its end. */
export const unreadForm = (unread: 'too_large' | 'malformed'): HttpException =>
  unread === 'too_large'
    ? new HttpException(
        { type: '/problems/too-large', title: 'Too large', detail: REASONS.too_large },
        HttpStatus.PAYLOAD_TOO_LARGE,
      )
    : fieldProblem([{ field: 'files', message: 'send 1 to 10 files in the field “files”, and nothing else' }], 400);
