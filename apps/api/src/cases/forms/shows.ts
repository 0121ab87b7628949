import type { Shown } from '#libs/domain/case/state.js';
import type { Choice } from './field.js';

/** What responders would read, in words. */
export const SHOWN_WORDS: Record<Shown, string> = {
  summary: 'The summary alone',
  request: 'The summary, and the parts of the request form that are meant for responders',
};

export const SHOWS: Choice[] = Object.entries(SHOWN_WORDS).map(([value, text]) => ({ value, text }));
