import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import { formatDay, formatInstant } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { line } from '#libs/text/characters.js';
import type { Additions } from './envelope.js';
import { isolated } from './isolate.js';
import { layOut } from './layout.js';
import type { MailText } from './layout.js';
import { filler } from './message.js';
import { ownLink } from './own-link.js';
import { WORDING } from './wording.js';

/**
 * A mail in its recipient's language: plain text, and one column of HTML that says the same.
 * @throws TemplateBroken
 */
export function renderMail(
  kind: MailKind,
  parameters: MailParameters,
  language: string,
  publicUrl: string,
  { words, answer }: Additions = {},
): MailText {
  const lang = interfaceLanguage(language);
  const _ = translator(lang);
  const say = words ? filler(lang) : _;
  const wording = words ?? WORDING[kind];
  const reference = line(parameters.reference);
  const values = {
    clock: clockIn(parameters, lang),
    level: parameters.level ?? '–',
    stage: _(parameters.stage),
  };
  const subject = `${reference}: ${say(wording.subject, values)}`;
  const facts = [
    ...factsOf({ ...parameters, reference }, lang),
    ...(answer ? [[_('Your code'), answer.code] as [string, string]] : []),
  ];
  const lines = [
    ...wording.lines.map((one) => say(one, values)),
    ...standingIn(parameters, lang),
    ...(answer ? HOW_TO_ANSWER.map((one) => _(one)) : []),
  ];
  const link = ownLink(answer?.path ?? parameters.path, publicUrl);
  const foot = _('You receive this because of your part in this case. The content of the case is never sent by mail.');
  return layOut({
    lang,
    subject,
    lines,
    facts,
    link,
    call: answer ? _('Answer now') : say(wording.link, values),
    foot,
  });
}

/** Said where the mail can be answered by its link. The code stands in the mail alone: never in its subject or an address. */
export const HOW_TO_ANSWER = [
  'To answer without signing in, open the link below and type your code.',
  'The code is yours alone and is good for one answer. Please pass neither the link nor the code on.',
];

/** Said to whoever gets a mail in the place of somebody on leave. */
export const STANDING_IN = 'You receive this for {name}, who is away until {date}.';

/** Which of several of one name, where this is said. */
export const ONE_OF_SEVERAL = '{clock} ({number} of {count})';

function clockIn({ clock, stage }: MailParameters, lang: string): string {
  const _ = translator(lang);
  const title = line(_(clock?.title ?? stage));
  return clock?.place ? _(ONE_OF_SEVERAL, { clock: title, number: clock.place.number, count: clock.place.of }) : title;
}

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
