import { MAIL_KINDS } from '#libs/contracts/mail.js';
import type { MailKind, MailParameters } from '#libs/contracts/mail.js';
import { DELIVERED_CLOCKS } from '#libs/domain/case/delivered-policy.js';
import { LIFECYCLE } from '#libs/domain/case/lifecycle.js';
import { INTERFACE_LANGUAGES, translator } from '#libs/i18n/translator.js';
import { HOW_TO_ANSWER, ONE_OF_SEVERAL, renderMail, STANDING_IN } from './render.js';
import { WORDING } from './wording.js';

const SITE = 'https://action48.example.test';
const parameters: MailParameters = {
  reference: 'CCM-A9-2026-0042',
  state: 'Zambia & Co <b>',
  stage: 'Circulated',
  clock: { name: 'responder_answer', title: 'Answer of the responder' },
  dueAt: '2026-12-01T16:00:00.000Z',
  level: 'L2',
  timezone: 'Africa/Lusaka',
  path: '/cases/CCM-A9-2026-0042',
};
const LANGUAGES = INTERFACE_LANGUAGES.map(({ code }) => code);
const OTHERS = LANGUAGES.filter((language) => language !== 'en');
const GENEVA: Record<string, string> = {
  en: 'Geneva',
  fr: 'Genève',
  ar: 'جنيف',
  es: 'Ginebra',
  ru: 'Женева',
  zh: '日内瓦',
  pt: 'Genebra',
};
const LINK = `${SITE}/cases/CCM-A9-2026-0042`;

/** Without the marks that keep names and times apart in Arabic, of which `plain-text.spec.ts` speaks. */
const render = (kind: MailKind, language: string) => {
  const { text, ...mail } = renderMail(kind, parameters, language, SITE);
  return { ...mail, text: text.replace(/[\u2068\u2069]/g, '') };
};
/** What is written with Latin letters in every language. */
const NAMES = /CCM-A9-2026-0042|Action48|Zambia & Co <b>|https:\S+|Lusaka|CET|L2/g;

/** What a person reads, and where the link goes. */
const wordsOf = (html: string): string =>
  html
    .replace(/^[^]*<body/, '<body')
    .replace(/<a href="([^"]*)"/g, '$1 <a')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/ +/g, ' ');

describe('a mail', () => {
  it.each(LANGUAGES)(
    'of every kind in %s says which case, what is due, when in both zones, and where to go',
    (language) => {
      const said = [
        'CCM-A9-2026-0042',
        `17:00 ${GENEVA[language]} (CET) = 18:00 Lusaka`,
        translator(language)('Circulated'),
        LINK,
      ];
      for (const kind of MAIL_KINDS) {
        const { subject, text, html } = render(kind, language);
        expect(subject).toMatch(/^CCM-A9-2026-0042: ./);
        for (const part of said) expect([text, wordsOf(html)]).toEqual(Array(2).fill(expect.stringContaining(part)));
        expect(`${subject}${text}${html}`).not.toMatch(/[{}]|undefined/);
      }
    },
  );

  it.each(LANGUAGES)('in %s says the same in plain text and in HTML, and loads nothing from elsewhere', (language) => {
    for (const kind of MAIL_KINDS) {
      const { text, html } = render(kind, language);
      for (const line of text.split('\n').filter((one) => one && one !== '-- '))
        for (const piece of line.split(/[:：]/)) expect(wordsOf(html)).toContain(piece.trim());
      expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
      expect(html.match(/(?:href|src|url\()[^>]*/g)).toEqual([expect.stringContaining(`href="${LINK}"`)]);
      expect(html).not.toMatch(/<(?:img|link|script|style|form|iframe|b>)/i);
    }
  });

  it.each(MAIL_KINDS)('%s in Arabic is in Arabic throughout', (kind) => {
    const { subject, text } = render(kind, 'ar');
    expect(`${subject}\n${text}`.replace(NAMES, '').match(/[A-Za-z]+/g)).toBeNull();
  });

  it.each(OTHERS)('has no English left in %s', (language) => {
    const _ = translator(language);
    const titles = [...Object.values(LIFECYCLE), ...DELIVERED_CLOCKS].map(({ title }) => title);
    const sentences = Object.values(WORDING).flatMap(({ subject, lines, link }) => [subject, ...lines, link]);
    const labels = ['Reference', 'State', 'Stage', 'Due', 'Geneva', 'Your code', 'Answer now'];
    expect(
      [...labels, ...titles, ...sentences, STANDING_IN, ONE_OF_SEVERAL, ...HOW_TO_ANSWER].filter(
        (english) => _(english) === english,
      ),
    ).toEqual([]);
    const english = render('reminder', 'en').text.split('\n').at(-2) ?? '';
    expect(english).toContain('never sent by mail');
    for (const kind of MAIL_KINDS) expect(render(kind, language).text).not.toContain(english);
  });

  it.each(OTHERS)('fills in the same values in %s as in English', (language) => {
    const _ = translator(language);
    const values = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const { subject, lines, link } of Object.values(WORDING))
      for (const english of [subject, ...lines, link, STANDING_IN, ONE_OF_SEVERAL])
        expect(values(_(english))).toEqual(values(english));
  });

  it('does not call a step late when every responder has declined', () => {
    const { dueAt: _due, clock: _clock, ...rest } = parameters;
    const { subject, text } = renderMail('all_declined', rest, 'en', SITE);
    expect(`${subject}${text}`).not.toMatch(/\blate\b/);
    expect(text).toContain('Every responder that was invited has declined.');
  });

  it.each(OTHERS)('puts one colon after each label in %s', (language) => {
    for (const kind of MAIL_KINDS) expect(render(kind, language).text).not.toMatch(/[:：]\s*[:：]/);
  });

  it.each(LANGUAGES)(
    'in %s tells whoever gets it in the place of somebody away, for whom and until when',
    (language) => {
      const insteadOf = { name: 'Ana Lopes', until: '2026-12-04' };
      const { text, html } = renderMail('warning', { ...parameters, insteadOf }, language, SITE);
      const line = text.split('\n').find((one) => one.includes('Ana Lopes')) ?? '';
      expect(line).toMatch(/4\D+2026|2026年12月4日/);
      expect(wordsOf(html)).toContain(line);
    },
  );

  it('shows an unknown language in English', () => {
    expect(render('reminder', 'tlh').html).toContain('<html lang="en" dir="ltr">');
  });
});
