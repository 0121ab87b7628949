import type { DeclineReason } from '#libs/domain/case/answers.js';
import { DECLINE_REASONS } from '#libs/domain/case/answers.js';
import type { Choice } from './forms/field.js';

/** Why a responder cannot help, as people say it. */
export const DECLINE_WORDS: Record<DeclineReason, string> = {
  capacity: 'No capacity for it now',
  scope: 'Not the kind of help that we give',
  language: 'We do not work in this language',
  conflict: 'Conflict of interest',
  other: 'Another reason',
};

export const DECLINE_CHOICES: Choice[] = DECLINE_REASONS.map((value) => ({ value, text: DECLINE_WORDS[value] }));
