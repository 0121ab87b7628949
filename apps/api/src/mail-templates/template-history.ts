import { programWords } from '#libs/mail/words.js';
import type { MailWords } from '#libs/mail/words.js';
import { wordsOf } from '#libs/mail-templates/template-desk.js';
import type { TemplatePlace, TemplateVersion } from '#libs/mail-templates/template-desk.js';
import type { TemplateField } from '#libs/mail-templates/validate.js';
import { TEMPLATE_FIELD_WORDS } from './template-words.js';

/** What one part of a mail said, and says. */
export interface TemplateDifference {
  label: string;
  before: string[];
  after: string[];
}

const linesOf = (words: MailWords, field: TemplateField): string[] => [words[field]].flat();

export const differencesOf = (before: MailWords, after: MailWords): TemplateDifference[] =>
  (Object.keys(TEMPLATE_FIELD_WORDS) as TemplateField[]).flatMap((field) => {
    const [was, is] = [linesOf(before, field), linesOf(after, field)];
    return was.join('\n') === is.join('\n') ? [] : [{ label: TEMPLATE_FIELD_WORDS[field], before: was, after: is }];
  });

/** The versions, newest first, each with what it changed about the one before it; at last the words of the program. */
export function historyOf(place: TemplatePlace, versions: readonly TemplateVersion[]) {
  return versions.map((one, index) => {
    const earlier = versions[index + 1];
    const before = earlier ? wordsOf(place, earlier) : programWords(place.kind, place.language);
    return { ...one, changes: differencesOf(before, wordsOf(place, one)) };
  });
}
