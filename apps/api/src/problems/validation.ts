import { HttpException, NotFoundException, ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { canonical } from './canonical.js';
import type { FieldError } from './problem.js';
import { reserved, unstorable } from './storable.js';

const UNKNOWN = 'whitelistValidation';
/** More than a person corrects at a time; a program finds the rest at its next try. */
const MOST_ERRORS = 50;

/** Input of the right shape, or an answer that says which field is wrong: nothing else gets past this. */
class InputPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    if (metadata.type === 'body' && Array.isArray(value))
      throw fieldProblem([{ field: '', message: 'the body must be one JSON object' }], 400);
    const errors = unstorable(value);
    // What cannot be stored cannot be the name of anything.
    if (errors.length && metadata.type === 'param') throw new NotFoundException();
    if (errors.length) throw fieldProblem(errors, 422);
    const strange = reserved(value);
    if (strange.length) throw fieldProblem(strange, 400);
    return super.transform(canonical(value), metadata);
  }
}

/** Unknown fields make a request malformed (400); wrong answers make it unprocessable (422). Every field is named with its path. */
export const validation = new InputPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
  exceptionFactory: (found) =>
    fieldProblem(
      found.flatMap((error) => flatten(error)),
      found.some(isUnknown) ? 400 : 422,
    ),
});

/** The answer to wrong fields: 400 when the request is malformed, 422 when its answers are not right. */
export function fieldProblem(errors: FieldError[], status: 400 | 422): HttpException {
  const shown = errors.slice(0, MOST_ERRORS);
  return new HttpException(
    {
      type: status === 400 ? '/problems/malformed' : '/problems/validation',
      title: status === 400 ? 'Malformed request' : 'Some answers are not right',
      detail: shown.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join(' · '),
      errors: shown,
    },
    status,
  );
}

const isUnknown = ({ constraints, children }: ValidationError): boolean =>
  UNKNOWN in (constraints ?? {}) || (children ?? []).some(isUnknown);

function flatten({ property, constraints, children }: ValidationError, parent = ''): FieldError[] {
  const field =
    /^\d+$/.test(property) && parent ? `${parent}[${property}]` : parent ? `${parent}.${property}` : property;
  const own = Object.entries(constraints ?? {}).map(([rule, message]) => ({
    field,
    message: rule === UNKNOWN ? 'is not a field of this request' : withoutName(message, property),
  }));
  return [...own, ...(children ?? []).flatMap((child) => flatten(child, field))];
}

const withoutName = (message: string, property: string): string =>
  message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
