import { HttpException } from '@nestjs/common';
import type { AnswerKind, ResponderAnswer } from '#libs/domain/case/answers.js';
import { commandOfAnswer } from '#libs/domain/case/answers.js';
import type { DeclineReason } from '#libs/domain/case/answers.js';
import type { Translate } from '#libs/i18n/translator.js';
import { commandOf } from '../cases/command-body.js';
import { errorWords, hasRemedy } from '../cases/forms/error-words.js';
import { dateOf } from '../cases/forms/form-body.js';
import { refusalWords } from '../cases/refusal-words.js';
import type { Problem } from '../problems/problem.js';
import { validation } from '../problems/validation.js';
import type { Verb } from '#libs/domain/case/commands/index.js';

export type Submitted = Record<string, string | string[] | undefined>;

export interface FormError {
  field: string;
  text: string;
}

/** The questions of the page, by the field of the command that each fills. */
const QUESTIONS = {
  why: { field: 'why', label: 'Reason', kind: 'one' },
  reason: { field: 'words', label: 'In your own words', kind: 'words' },
  until: { field: 'until', label: 'We answer by', kind: 'date' },
  question: { field: 'question', label: 'Question', kind: 'words' },
  email: { field: 'colleague', label: 'Address of your colleague', kind: 'text' },
  text: { field: 'progress', label: 'How the work stands', kind: 'words' },
} as const;

/** Without a person in it: nobody of the organisation has an account with this address. */
export const UNKNOWN_COLLEAGUE =
  'Nobody of your organisation has an account with this address. Ask your administrator to invite them, then pass the request on.';

export const said = (submitted: Submitted, name: string): string => {
  const value = submitted[name];
  return (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim();
};

/** The answer as it was filled in, right or wrong. */
export function answerFrom(kind: AnswerKind, submitted: Submitted): ResponderAnswer {
  switch (kind) {
    case 'interested':
      return { kind };
    case 'decline': {
      const words = said(submitted, 'words');
      return { kind, why: said(submitted, 'why') as DeclineReason, ...(words && { words }) };
    }
    case 'time':
      return { kind, until: dateOf(submitted, 'until') };
    case 'question':
      return { kind, question: said(submitted, 'question') };
    case 'pass_on':
      return { kind, email: said(submitted, 'colleague') };
    case 'still_on_it':
      return { kind, words: said(submitted, 'progress') };
  }
}

/** What is wrong with the answer before anybody has decided on it, as the API would say it; nothing when it is well formed. */
export async function faultsOf(answer: ResponderAnswer, _: Translate): Promise<FormError[]> {
  const { verb, body } = commandOfAnswer(answer, {});
  try {
    await commandOf(validation, verb as Verb, body);
    return [];
  } catch (error) {
    if (!(error instanceof HttpException)) throw error;
    return errorsOf(error.getResponse() as Problem, _);
  }
}

/** What was wrong, by question, in words for people; a refusal as a whole where it names none. */
export function errorsOf(problem: Problem, _: Translate): FormError[] {
  const [, named = '', message = ''] = /^([\w.[\]]+): (.+)$/.exec(problem.code ? (problem.detail ?? '') : '') ?? [];
  if (problem.code === 'unknown_subject' && named === 'email')
    return [{ field: QUESTIONS.email.field, text: _(UNKNOWN_COLLEAGUE) }];
  const found = [...(problem.errors ?? []), ...(hasRemedy(message) ? [{ field: named, message }] : [])];
  const errors = found.flatMap((one) => {
    const question = QUESTIONS[one.field as keyof typeof QUESTIONS];
    return question ? [{ field: question.field, text: errorWords(question, one.message, _) }] : [];
  });
  return errors.length ? errors : [{ field: 'main-content', text: refusalWords(problem, _) }];
}
