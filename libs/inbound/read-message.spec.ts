import { rawMail } from '../../test/support/inbound.js';
import { classify } from './classify.js';
import { withoutQuoted } from './quoted.js';
import { namedFile, readMessage } from './read-message.js';

const OURS = { from: 'someone@example.test', to: ['reply@in.action48.test'] };
const read = (raw: Buffer | string) => readMessage(Buffer.from(raw), OURS);

/** The same numbers in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('reading a message', () => {
  it('makes text of HTML, of which nothing can run', async () => {
    const html =
      '<p>We <b>can</b> help.</p><script>alert(1)</script><style>p{}</style><img src="https://t.test/x.gif"><a href="javascript:x()">y</a>';
    const { text } = await read(rawMail(html, { 'Content-Type': 'text/html; charset=utf-8' }));
    expect(text).toContain('We can help.');
    expect(text).not.toMatch(/alert|<|p\{/);
  });

  it.each<[string, string, Buffer]>([
    [
      'windows-1251',
      'Мы готовы помочь',
      Buffer.from([0xcc, 0xfb, 0x20, 0xe3, 0xee, 0xf2, 0xee, 0xe2, 0xfb, 0x20, 0xef, 0xee, 0xec, 0xee, 0xf7, 0xfc]),
    ],
    ['windows-1256', 'نعم', Buffer.from([0xe4, 0xda, 0xe3])],
    ['gb18030', '我们可以', Buffer.from([0xce, 0xd2, 0xc3, 0xc7, 0xbf, 0xc9, 0xd2, 0xd4])],
    ['iso-8859-1', 'Réponse', Buffer.from('Réponse', 'latin1')],
  ])('reads what is written in %s', async (charset, text, bytes) => {
    const head = rawMail('', { 'Content-Type': `text/plain; charset=${charset}`, 'Content-Transfer-Encoding': '8bit' });
    expect((await read(Buffer.concat([head, bytes]))).text.trim()).toBe(text);
  });

  it('names files that came with it', async () => {
    const body =
      '--x\nContent-Type: text/plain\n\nSee the file.\n--x\nContent-Type: application/pdf; name="../bill\u202Efdp.exe"\nContent-Disposition: attachment; filename="=?utf-8?B?Li4vYmlsbOKArmZkcC5leGU=?="\nContent-Transfer-Encoding: base64\n\nQUJD\n--x--';
    const { files } = await read(rawMail(body, { 'Content-Type': 'multipart/mixed; boundary=x' }));
    expect(files.map(namedFile)).toEqual([
      { name: expect.not.stringContaining('\u202e'), type: 'application/pdf', size: 3 },
    ]);
  });

  it('knows a message again whatever servers write above it, and no other', async () => {
    const raw = rawMail('Yes.', { 'Message-ID': '<same@example.test>' });
    const moved = Buffer.concat([Buffer.from('Return-Path: <a@b.test>\r\nReceived: from x by y; now\r\n'), raw]);
    const other = rawMail('No.', { 'Message-ID': '<same@example.test>' });
    const [one, two, three] = await Promise.all([raw, moved, other].map(read));
    expect(two?.fingerprint).toBe(one?.fingerprint);
    expect(three?.fingerprint).not.toBe(one?.fingerprint);
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256))],
    [
      'no end of parts within parts',
      Buffer.from(
        Array.from(
          { length: 2_000 },
          (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`,
        ).join(''),
      ),
    ],
    [
      'a thousand parts',
      rawMail('--x\nContent-Type: text/plain\n\nHello\n'.repeat(1_000), {
        'Content-Type': 'multipart/mixed; boundary=x',
      }),
    ],
    ['ten thousand headers', Buffer.from('X-A: b\r\n'.repeat(10_000) + '\r\nText')],
    ['one header without end', Buffer.from(`Subject: ${'x'.repeat(1_000_000)}\r\n\r\nText`)],
    [
      'a thousand recipients',
      rawMail('Hello', { To: Array.from({ length: 1_000 }, (_, n) => `a${n}@b.test`).join(', ') }),
    ],
    [
      'addresses within groups within comments',
      rawMail('Hello', { From: `${'('.repeat(5_000)}a@b.test`, To: `${'g:'.repeat(2_000)};` }),
    ],
    ['a megabyte of HTML without ends', rawMail('<div><p>x'.repeat(100_000), { 'Content-Type': 'text/html' })],
    [
      'an unknown charset and encoding',
      rawMail('Hello', { 'Content-Type': 'text/plain; charset=klingon', 'Content-Transfer-Encoding': 'rot13' }),
    ],
    ['base64 that is none', rawMail('%%%=%%%', { 'Content-Transfer-Encoding': 'base64' })],
    ['NUL and halves of characters', rawMail('a\0b\x1b[31m', { Subject: '=?utf-16le?B?ANg=?=' })],
  ])('gives something that can be stored, for %s', async (_, raw) => {
    const message = await read(raw);
    for (const text of [message.text, message.subject, message.from.name, message.from.address]) {
      expect(text).toBe(Buffer.from(text).toString());
      expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
    }
    expect(message.to.length).toBeLessThanOrEqual(51);
    expect(classify(message).kind).toBeDefined();
  });

  it('ends for any damage to a message, and says what it is', async () => {
    const roll = dice(48);
    const whole = rawMail(
      '--x\nContent-Type: message/delivery-status\n\nAction: failed\n--x\nContent-Type: text/html\n\n<p>Hi</p>\n--x--',
      {
        'Content-Type': 'multipart/report; boundary=x',
        References: '<a@b> <c@d>',
      },
    );
    for (let round = 0; round < 500; round += 1) {
      const bytes = Buffer.from(whole);
      for (let hits = 0; hits <= roll(20); hits += 1) bytes[roll(bytes.length)] = roll(256);
      const cut = bytes.subarray(0, roll(bytes.length));
      for (const raw of [bytes, cut]) {
        const message = await read(raw);
        expect(classify(message).kind).toBeDefined();
        expect(typeof withoutQuoted(message.text)).toBe('string');
      }
    }
  });
});
