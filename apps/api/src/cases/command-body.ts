import { BadRequestException } from '@nestjs/common';
import type { ValidationPipe } from '@nestjs/common';
import type { CaseCommand, Verb } from '#libs/domain/case/commands/index.js';
import { VERBS } from '#libs/domain/case/commands/index.js';
import { found } from './case-problems.js';
import { COMMAND_DTOS } from './dto/index.js';

const LONGEST_KEY = 200;

/** The verb in a path. @throws 404 for one that does not exist */
export const verbOf = (text: string): Verb =>
  found(
    VERBS.find((verb) => verb === text),
    'action',
  );

/** A command of the right shape. @throws 400 or 422 naming each wrong field */
export async function commandOf(pipe: ValidationPipe, verb: Verb, body: unknown): Promise<CaseCommand> {
  const metatype = COMMAND_DTOS[verb];
  const checked: unknown = await pipe.transform(body ?? {}, { type: 'body', metatype });
  return { verb, body: { ...(checked as object) } } as CaseCommand;
}

/** @throws 400 when a command comes without its key */
export function keyOf(header: string | undefined): string {
  if (header && header.length <= LONGEST_KEY) return header;
  const message = `is required with every command: 1 to ${LONGEST_KEY} characters of your choice, the same when you repeat it.`;
  throw new BadRequestException({
    type: '/problems/idempotency-key-missing',
    title: 'Idempotency-Key missing',
    detail: `Idempotency-Key ${message}`,
    errors: [{ field: 'Idempotency-Key', message }],
  });
}
