import type { AccountMailKind, AccountMailParameters } from '#libs/contracts/mail.js';
import { formatInstant } from '#libs/i18n/dates.js';
import { interfaceLanguage, translator } from '#libs/i18n/translator.js';
import { ACCOUNT_WORDING } from './account-wording.js';
import { layOut } from './layout.js';
import type { MailText } from './layout.js';

/** A mail about an account in its recipient's language; the secret is shown where the wording names it, or is in the link. */
export function renderAccountMail(
  kind: AccountMailKind,
  { values = {}, path, validUntil, timezone }: AccountMailParameters,
  secret: string,
  language: string,
  publicUrl: string,
): MailText {
  const lang = interfaceLanguage(language);
  const _ = translator(lang);
  const { subject, lines, code, link } = ACCOUNT_WORDING[kind];
  const until = validUntil && formatInstant(Date.parse(validUntil), lang, timezone, _('Geneva'));
  return layOut({
    lang,
    subject: `Action48: ${_(subject, values)}`,
    lines: lines.map((line) => _(line, values)),
    facts: [
      ...(code ? [[_(code), secret] as [string, string]] : []),
      ...(until ? [[_('Valid until'), until] as [string, string]] : []),
    ],
    link: new URL(path.replace('{secret}', encodeURIComponent(secret)), publicUrl).href,
    call: _(link),
    foot: _('You receive this because of your account, or because somebody gave this address.'),
  });
}
