import { visible } from '#libs/text/characters.js';

/** What somebody is writing stays as it is. Text of people is escaped, so that it cannot be such an element itself. */
const BEING_WRITTEN = /(<textarea[^<>]*>[^<]*<\/textarea>)/g;

/** Tags end at the first `>`: within their values it is escaped. */
const TAG = /(<[^<>]*>)/;

/** A page on which characters that reorder text are written out, wherever they come from; isolation is by elements alone. */
export const withUnseenShown = (html: string): string =>
  html
    .split(BEING_WRITTEN)
    .map((part, index) => (index % 2 ? part : part.split(TAG).map(visible).join('')))
    .join('');
