import type { Response } from 'express';
import type { Translate } from '#libs/i18n/translator.js';

/** Speaks the language of the page that is being answered. */
export const wordsOf = ({ locals }: Response): Translate => locals['_'] as Translate;
