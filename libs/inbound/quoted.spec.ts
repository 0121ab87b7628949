import { withoutQuoted } from './quoted.js';

const OWN = 'We can help.\n\nPlease call us.';
const QUOTED = '> You are asked to answer.\n> Action48';

describe('what somebody wrote, without what they answer', () => {
  it.each<[string, string]>([
    ['Gmail, English', `On Fri, 27 Nov 2026 at 10:00, Action48 <reply@x.test> wrote:\n${QUOTED}`],
    ['Gmail, a line that was wrapped', `On Fri, 27 Nov 2026 at 10:00, Action48\n<reply@x.test> wrote:\n${QUOTED}`],
    ['French', `Le ven. 27 nov. 2026 à 10:00, Action48 <reply@x.test> a écrit :\n${QUOTED}`],
    ['Spanish', `El vie, 27 nov 2026 a las 10:00, Action48 (<reply@x.test>) escribió:\n${QUOTED}`],
    ['Portuguese', `Em sex., 27 de nov. de 2026 às 10:00, Action48 escreveu:\n${QUOTED}`],
    ['Russian', `пт, 27 нояб. 2026 г. в 10:00, Action48 написал(а):\n${QUOTED}`],
    ['Arabic', `في الجمعة، 27 نوفمبر 2026 كتب Action48:\n${QUOTED}`],
    ['Chinese', `在 2026年11月27日 10:00，Action48 写道：\n${QUOTED}`],
    ['Outlook, English', 'From: Action48\nSent: Friday, 27 November 2026\nTo: Legal Aid\nSubject: x\n\nYou are asked.'],
    ['Outlook, French', 'De : Action48\nEnvoyé : vendredi\nÀ : Aide\nObjet : x\n\nOn vous demande.'],
    ['Outlook, a line', '________________________________\nFrom: Action48\nSent: Friday\n\nYou are asked.'],
    ['an original message', '-----Original Message-----\nFrom: Action48\n\nYou are asked.'],
    ['a signature', '-- \nA. Person\nDirector'],
    ['a telephone', 'Sent from my phone'],
    ['nothing but quoted lines', QUOTED],
  ])('%s', (_, rest) => {
    expect(withoutQuoted(`${OWN}\n\n${rest}`)).toBe(OWN);
    expect(withoutQuoted(`${OWN}\r\n\r\n${rest}`.replace(/\r/g, ''))).toBe(OWN);
  });

  it('keeps answers between quoted lines, and an answer below what it answers', () => {
    expect(withoutQuoted('> Can you help?\nYes.\n> When?\nIn May.')).toBe('Yes.\nIn May.');
    expect(withoutQuoted(`On Friday, Action48 <reply@x.test> wrote:\n${QUOTED}\n\nYes, below.`)).toBe('Yes, below.');
  });

  it.each(['', '   ', QUOTED, '--\nOnly a signature', 'From: here on we can help.'])(
    'never leaves nothing of something: %j',
    (text) => {
      expect(withoutQuoted(text)).toBe(text.trim());
    },
  );

  it('takes no time over long and odd texts', () => {
    const odd = [
      'On '.repeat(50_000),
      `${'a'.repeat(100_000)} wrote:`,
      '>'.repeat(100_000),
      '\n'.repeat(100_000),
      `${'On x\n'.repeat(20_000)}wrote:`,
      'كتب '.repeat(50_000),
    ];
    for (const text of odd) expect(typeof withoutQuoted(text)).toBe('string');
  });
});
