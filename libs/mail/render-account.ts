import type { AccountMailKind, AccountMailParameters } from '#libs/contracts/mail.js';
import { formatInstant } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { ACCOUNT_WORDING } from './account-wording.js';
import { line } from '#libs/text/characters.js';
import { isolated } from './isolate.js';
import { layOut } from './layout.js';
import type { MailText } from './layout.js';
import { filler } from './message.js';
import { ownLink } from './own-link.js';
import type { MailWords } from './words.js';

/**
 * A mail about an account in its recipient's language; the secret is shown where the wording names it, or is in the link.
 * @param words of an edited template; absent: those that the program comes with. @throws TemplateBroken
 */
export function renderAccountMail(
  kind: AccountMailKind,
  { values = {}, path, validUntil, timezone }: AccountMailParameters,
  secret: string,
  language: string,
  publicUrl: string,
  words?: MailWords,
): MailText {
  const lang = interfaceLanguage(language);
  const _ = translator(lang);
  const say = words ? filler(lang) : _;
  const { code, ...wording } = ACCOUNT_WORDING[kind];
  const { subject, lines, link } = words ?? wording;
  const told = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, readable(value, lang)]));
  const until = validUntil && formatInstant(Date.parse(validUntil), lang, timezone, _('Geneva'));
  return layOut({
    lang,
    subject: `Action48: ${say(subject, told)}`,
    lines: lines.map((one) => say(one, told)),
    facts: [
      ...(code ? [[_(code), secret] as [string, string]] : []),
      ...(until ? [[_('Valid until'), until] as [string, string]] : []),
    ],
    link: ownLink(path.replace('{secret}', encodeURIComponent(secret)), publicUrl),
    call: say(link, told),
    foot: _('You receive this because of your account, or because somebody gave this address.'),
  });
}

/** Names that people chose, on one line and apart from the words around them. */
const readable = (value: string | number, lang: string): string | number =>
  typeof value === 'string' ? isolated(line(value), lang) : value;
