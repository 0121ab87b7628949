import { HttpException } from '@nestjs/common';
import type { SignedIn } from '#libs/identity/signed-in.js';
import type { Translate } from '#libs/i18n/translator.js';
import { errorWords } from '../cases/forms/error-words.js';
import { validation } from '../problems/validation.js';
import type { FieldError, Problem } from '../problems/problem.js';
import { requestOf } from './answers.js';
import type { Answers } from './answers.js';
import type { FormField } from './form-field.js';
import { OpenRequestDto } from './open-request.dto.js';
import { DECLARATION, SECTIONS } from './sections.js';

const EVERY_FIELD: readonly FormField[] = [...SECTIONS.flatMap(({ fields }) => fields), ...DECLARATION];

export interface Checked {
  /** Null while anything is wrong. */
  request: OpenRequestDto | null;
  errors: FieldError[];
}

/** Holds a draft against the same rules as a program's request, and each question of the form against being left out. */
export async function check(answers: Answers, me: SignedIn): Promise<Checked> {
  const { request, errors } = await validated(answers, me);
  const missing = EVERY_FIELD.filter(({ name, optional }) => !optional && !isAnswered(answers, name)).map(
    ({ name: field }) => ({ field, message: 'should not be empty' }),
  );
  const all = [...errors, ...missing];
  return { request: all.length ? null : request, errors: all };
}

async function validated(answers: Answers, me: SignedIn): Promise<Checked> {
  try {
    const request = (await validation.transform(requestOf(answers, me), {
      type: 'body',
      metatype: OpenRequestDto,
    })) as OpenRequestDto;
    return { request, errors: [] };
  } catch (error) {
    if (!(error instanceof HttpException)) throw error;
    return { request: null, errors: (error.getResponse() as Problem).errors ?? [] };
  }
}

/** Errors of the named fields, in words for people, in the order of the questions. */
export function errorsOf(
  fields: readonly FormField[],
  errors: readonly FieldError[],
  _: Translate,
): { field: string; text: string }[] {
  return fields.flatMap((field) => {
    const error = errors.find((one) => concerns(field, one));
    return error ? [{ field: field.name, text: errorWords(field, error.message, _) }] : [];
  });
}

function concerns({ name }: FormField, { field, message }: FieldError): boolean {
  const path = field.replace(/\[.*$/, '');
  // Said of the alternate contact as a whole; what is wrong is its address.
  return path === name || (message.includes('another e-mail address') && `${path}.email` === name);
}

export type SectionStatus = 'completed' | 'in_progress' | 'not_started';

/** How far each section is. */
export function statuses(answers: Answers, errors: readonly FieldError[]): SectionStatus[] {
  return SECTIONS.map(({ fields }) => {
    if (!fields.some((field) => errors.some((error) => concerns(field, error)))) return 'completed';
    return fields.some(({ name }) => isAnswered(answers, name)) ? 'in_progress' : 'not_started';
  });
}

function isAnswered(answers: Answers, name: string): boolean {
  const given = (answer: string | string[] | undefined) => answer !== undefined && answer.length > 0;
  return given(answers[name]) || ['day', 'month', 'year'].some((part) => given(answers[`${name}-${part}`]));
}
