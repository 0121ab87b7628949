import type { Response } from 'express';
import type { Translate } from '#libs/i18n/translator.js';

/** Speaks somebody's own language, unless whoever looks has chosen one here. */
export const speakTo = ({ locals }: Response, language: string): void => {
  (locals['speakUnlessChosen'] as (language: string) => void)(language);
};

/** Speaks the language of the page that is being answered. */
export const wordsOf = ({ locals }: Response): Translate => locals['_'] as Translate;
