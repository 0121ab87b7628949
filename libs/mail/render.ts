import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import { formatDay, formatInstant } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { line } from '#libs/text/characters.js';
import { layOut } from './layout.js';
import type { MailText } from './layout.js';
import { WORDING } from './wording.js';

/** A mail in its recipient's language: plain text, and one column of HTML that says the same. */
export function renderMail(kind: MailKind, parameters: MailParameters, language: string, publicUrl: string): MailText {
  const lang = interfaceLanguage(language);
  const _ = translator(lang);
  const wording = WORDING[kind];
  const values = {
    clock: line(_(parameters.clock?.title ?? parameters.stage)),
    level: parameters.level ?? '',
    stage: _(parameters.stage),
  };
  const subject = `${parameters.reference}: ${_(wording.subject, values)}`;
  const facts = factsOf(parameters, lang);
  const lines = [...wording.lines.map((line) => _(line, values)), ...standingIn(parameters, lang)];
  const link = new URL(parameters.path, publicUrl).href;
  const foot = _('You receive this because of your part in this case. The content of the case is never sent by mail.');
  return layOut({ lang, subject, lines, facts, link, call: _(wording.link), foot });
}

/** Said to whoever gets a mail in the place of somebody on leave. */
export const STANDING_IN = 'You receive this for {name}, who is away until {date}.';

function standingIn({ insteadOf }: MailParameters, lang: string): string[] {
  if (!insteadOf) return [];
  const date = formatDay(Date.parse(insteadOf.until), lang, { timeZone: 'UTC', year: true });
  return [translator(lang)(STANDING_IN, { name: line(insteadOf.name), date })];
}

function factsOf({ reference, state, stage, dueAt, timezone }: MailParameters, lang: string): [string, string][] {
  const _ = translator(lang);
  return [
    [_('Reference'), reference],
    ...(state ? [[_('State'), line(state)] as [string, string]] : []),
    [_('Stage'), _(stage)],
    ...(dueAt ? [[_('Due'), formatInstant(Date.parse(dueAt), lang, timezone, _('Geneva'))] as [string, string]] : []),
  ];
}
