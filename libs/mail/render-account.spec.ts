import { ACCOUNT_MAIL_KINDS } from '#libs/contracts/mail.js';
import type { AccountMailParameters } from '#libs/contracts/mail.js';
import { INTERFACE_LANGUAGES, translator } from '#libs/i18n/translator.js';
import { ACCOUNT_WORDING } from './account-wording.js';
import { renderAccountMail } from './render-account.js';

const parameters: AccountMailParameters = {
  path: '/account',
  values: { inviter: 'Ana Lopes', roles: 'X', name: 'X', state: 'X', day: 'X', until: 'X', needs: 'X' },
  validUntil: '2026-12-01T16:00:00.000Z',
  timezone: 'Africa/Lusaka',
};
const LANGUAGES = INTERFACE_LANGUAGES.map(({ code }) => code);
const render = (kind: (typeof ACCOUNT_MAIL_KINDS)[number], language: string) =>
  renderAccountMail(kind, parameters, '7QK2-M0XD', language, 'https://action48.example.test');
/** Marks that keep names and times apart in Arabic. */
const ISOLATES = /[\u2068\u2069]/g;

describe.each(LANGUAGES)('a mail about an account in %s', (language) => {
  it('is written in that language throughout', () => {
    const _ = translator(language);
    const words = Object.values(ACCOUNT_WORDING).flatMap(({ subject, lines, link }) => [subject, ...lines, link]);
    expect(words.filter((english) => _(english) === english)).toEqual(language === 'en' ? words : []);
  });

  it.each(ACCOUNT_MAIL_KINDS)('leaves nothing out and says the same in text and HTML: %s', (kind) => {
    const { subject, text, html } = render(kind, language);
    expect(`${subject}${text}${html}`).not.toMatch(/[{}]|undefined/);
    for (const line of text.split('\n').filter((one) => one && one !== '-- '))
      for (const piece of line.replace(ISOLATES, '').split(/[:：=]/))
        expect(html.replace(ISOLATES, '').replace(/&#?\w+;/g, "'")).toContain(piece.trim());
    expect(html).not.toMatch(/<(?:img|script|form)/i);
  });
});
