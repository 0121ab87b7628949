import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import { formatDay, formatInstant } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { line } from '#libs/text/characters.js';
import { isolated } from './isolate.js';
import { layOut } from './layout.js';
import type { MailText } from './layout.js';
import { filler } from './message.js';
import type { MailWords } from './words.js';
import { WORDING } from './wording.js';

/**
 * A mail in its recipient's language: plain text, and one column of HTML that says the same.
 * @param words of an edited template; absent: those that the program comes with. @throws TemplateBroken
 */
export function renderMail(
  kind: MailKind,
  parameters: MailParameters,
  language: string,
  publicUrl: string,
  words?: MailWords,
): MailText {
  const lang = interfaceLanguage(language);
  const _ = translator(lang);
  const say = words ? filler(lang) : _;
  const wording = words ?? WORDING[kind];
  const reference = line(parameters.reference);
  const values = {
    clock: line(_(parameters.clock?.title ?? parameters.stage)),
    level: parameters.level ?? '',
    stage: _(parameters.stage),
  };
  const subject = `${reference}: ${say(wording.subject, values)}`;
  const facts = factsOf({ ...parameters, reference }, lang);
  const lines = [...wording.lines.map((one) => say(one, values)), ...standingIn(parameters, lang)];
  const link = new URL(parameters.path, publicUrl).href;
  const foot = _('You receive this because of your part in this case. The content of the case is never sent by mail.');
  return layOut({ lang, subject, lines, facts, link, call: say(wording.link, values), foot });
}

/** Said to whoever gets a mail in the place of somebody on leave. */
export const STANDING_IN = 'You receive this for {name}, who is away until {date}.';

function standingIn({ insteadOf }: MailParameters, lang: string): string[] {
  if (!insteadOf) return [];
  const date = formatDay(Date.parse(insteadOf.until), lang, { timeZone: 'UTC', year: true });
  return [translator(lang)(STANDING_IN, { name: isolated(line(insteadOf.name), lang), date })];
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
