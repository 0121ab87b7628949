import type { AccountMailParameters, MailParameters } from '#libs/contracts/mail.js';
import { direction, INTERFACE_LANGUAGES } from '#libs/i18n/translator.js';
import type { MailText } from './layout.js';
import { renderAccountMail } from './render-account.js';
import { renderMail } from './render.js';
import { EVERY_KIND, isOfAccount } from './words.js';

const SITE = 'https://action48.example.test';
const REFERENCE = 'CCM-A9-2026-0042';
const CODE = '7QK2-M0XD';
const WHOLE: MailParameters = {
  reference: REFERENCE,
  state: 'Aurelia (North) 7',
  stage: 'Circulated',
  clock: { name: 'responder_answer', title: 'Answer of the responder' },
  dueAt: '2026-12-01T23:30:00.000Z',
  level: 'L2',
  timezone: 'Asia/Tokyo',
  insteadOf: { name: '3rd Officer Ana', until: '2026-12-04' },
  path: `/cases/${REFERENCE}`,
};

/** Every combination of what may be missing. */
const CASES = ['clock', 'dueAt', 'level', 'state', 'insteadOf'].reduce<MailParameters[]>(
  (all, name) => [...all, ...all.map((one) => ({ ...one, [name]: undefined }))],
  [WHOLE],
);
const ACCOUNT: AccountMailParameters = {
  path: '/account',
  values: {
    ...{ inviter: '3rd Officer Ana', roles: 'ISU', name: '48 figures' },
    ...{ state: 'Bravia', day: '1 December 2026', until: '30 January 2027', needs: 'Drafting' },
  },
  timezone: 'Asia/Tokyo',
};
const ACCOUNTS = [ACCOUNT, { ...ACCOUNT, validUntil: '2026-12-01T23:30:00.000Z' }];

function everyMail(language: string): MailText[] {
  return EVERY_KIND.flatMap((kind) =>
    isOfAccount(kind)
      ? ACCOUNTS.map((one) => renderAccountMail(kind, one, CODE, language, SITE))
      : CASES.map((one) => renderMail(kind, one, language, SITE)),
  );
}

/** Isolates of a line that begin and do not end, or end and did not begin. */
const isBalanced = (line: string): boolean => {
  let open = 0;
  for (const sign of line) {
    if (sign === '\u2068') open += 1;
    if (sign === '\u2069') open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
};

describe.each(INTERFACE_LANGUAGES.map(({ code }) => code))(
  'every mail in %s, whatever it is filled in with',
  (language) => {
    const mails = everyMail(language);

    it('leaves no gap, no brace and no doubled sign', () => {
      expect(mails.length).toBeGreaterThan(900);
      for (const { subject, text, html } of mails) {
        expect(`${subject}\n${text}\n${html}`).not.toMatch(/[{}]|undefined|null|NaN|\[object/);
        expect(`${subject}\n${text}`).not.toMatch(/\( ?\)|“”|«\s*»|\.\.|::|,,| {2}/);
        expect(subject.trim()).toBe(subject);
        expect(subject).not.toMatch(/[\r\n]/);
      }
    });

    it('names both zones of every instant, with the date where it is another day there', () => {
      const dated = mails.filter(({ text }) => text.includes('00:30'));
      expect(dated.length).toBeGreaterThan(300);
      for (const { text, html } of dated)
        for (const part of [text, html])
          expect(part.replace(/<[^>]+>|[\u2068\u2069]/g, ' ')).toMatch(/00:30 .*\(CET\)[^=]*= .*08:30 Tokyo/s);
    });

    it('has no line that is too long for SMTP, and no control character', () => {
      for (const { text, html } of mails)
        for (const line of [...text.split('\n'), ...html.split('\n')]) {
          expect(Buffer.byteLength(line)).toBeLessThan(2_000);
          expect(line).not.toMatch(/\p{Cc}|[\u2028\u2029\u202A-\u202E]/u);
        }
    });

    it('says in which language and direction it is, and fetches nothing', () => {
      for (const { html } of mails) {
        expect(html).toContain(`<html lang="${language}" dir="${direction(language)}">`);
        expect(html).not.toMatch(/<(?:img|link|script|iframe|object|embed|video|audio|form)|url\(|@import|src=/i);
        expect(html.match(/href="[^"]*"/g)).toEqual([
          expect.stringMatching(/^href="https:\/\/action48\.example\.test\//),
        ]);
      }
    });

    it('keeps apart from its own words what is written in other letters', () => {
      for (const { text } of mails)
        for (const line of text.split('\n')) {
          expect(isBalanced(line)).toBe(true);
          const foreign = [REFERENCE, CODE, 'Aurelia (North) 7', '3rd Officer Ana', '48 figures', 'Tokyo'];
          for (const name of foreign.filter((one) => line.includes(one) && !line.startsWith('http')))
            if (direction(language) === 'rtl')
              expect(line).toMatch(new RegExp(`\u2068[^\u2069]*${name.replace(/[()]/g, '\\$&')}\u2069`));
            else expect(line).not.toMatch(/[\u2068\u2069]/);
        }
    });
  },
);
