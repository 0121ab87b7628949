import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SendMailOptions } from 'nodemailer';
import { Config } from '#libs/config/config.js';
import { SmtpSink } from '../../test/support/smtp-sink.js';
import { dkimOf, dkimRecord } from './dkim.js';
import { layOut } from './layout.js';
import { smtpTransport } from './transport.js';

const pem = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
const KEY = pem(2_048);
const settings = (dkimKey: string): Config =>
  Object.assign(new Config(), { dkimDomain: 'action48.test', dkimSelector: 'a48', dkimKey });

const LETTER = {
  lang: 'ar',
  subject: 'رمزكم',
  lines: ['سطر بمسافة في آخره ', '', '', '.سطر يبدأ بنقطة'],
  facts: [['الموعد', '17:00 جنيف (CET) = 18:00 Lusaka']] as [string, string][],
  link: 'https://action48.test/cases/CCM-A9-2026-0042',
  call: 'افتح',
  foot: 'x'.repeat(200),
};
const MESSAGE: SendMailOptions = {
  ...layOut(LETTER),
  from: { name: 'Genève, bureau', address: 'no-reply@action48.test' },
  to: { name: 'جهة الاتصال', address: 'focal@example.test' },
  messageId: '<1@action48.test>',
  inReplyTo: '<ccm@action48.test>',
  references: ['<ccm@action48.test>'],
  headers: {
    'Auto-Submitted': 'auto-generated',
    'List-Unsubscribe': '<https://action48.test/u/1>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
};

/** RFC 6376 §3.4, read anew: the test shares no code with what signs. */
const relaxedHeader = (name: string, value: string): string =>
  `${name.toLowerCase()}:${value
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`;
const relaxedBody = (body: string): string =>
  `${body
    .split('\r\n')
    .map((one) => one.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(\r\n)+$/, '')}\r\n`;

interface Checked {
  bodyHolds: boolean;
  signatureHolds: boolean;
  tags: Record<string, string>;
}

function check(raw: string, publicKey: string): Checked {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw
    .slice(0, end)
    .split(/\r\n(?![ \t])/)
    .map((one) => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)] as const);
  const own = headers.find(([name]) => name.toLowerCase() === 'dkim-signature')?.[1] ?? '';
  const tags = Object.fromEntries(
    own
      .replace(/\s+/g, '')
      .split(';')
      .filter(Boolean)
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  );
  const left = [...headers];
  const signed = (tags['h'] ?? '').split(':').map((wanted) => {
    const at = left.findLastIndex(([name]) => name.toLowerCase() === wanted);
    const [[name = '', value = ''] = []] = at < 0 ? [] : left.splice(at, 1);
    return relaxedHeader(name, value);
  });
  const data = [...signed, relaxedHeader('DKIM-Signature', own.replace(/(\bb=)[^;]*$/, '$1'))].join('\r\n');
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const hash = createHash('sha256')
    .update(relaxedBody(raw.slice(end + 4)), 'latin1')
    .digest('base64');
  return {
    bodyHolds: hash === tags['bh'],
    signatureHolds: verify('sha256', Buffer.from(data, 'latin1'), key, Buffer.from(tags['b'] ?? '', 'base64')),
    tags,
  };
}

describe('mails that are signed (DKIM)', () => {
  let sink: SmtpSink;
  beforeAll(async () => {
    sink = await SmtpSink.start();
  });
  afterAll(() => sink.stop());

  const sent = async (dkimKey: string): Promise<string> => {
    const transport = smtpTransport(sink.url, { silenceMs: 5_000, dkim: dkimOf(settings(dkimKey)) });
    await transport.deliver(MESSAGE);
    transport.close();
    return sink.mails.at(-1)?.raw ?? '';
  };
  const published = (record: { text: string }): string => /p=(\S+)/.exec(record.text)?.[1] ?? '';

  it('are signed so that whoever reads the record in the DNS finds them whole', async () => {
    const record = dkimRecord(settings(KEY));
    expect(record.name).toBe('a48._domainkey.action48.test');
    const raw = await sent(KEY);
    const { tags, ...holds } = check(raw, published(record));
    expect(holds).toEqual({ bodyHolds: true, signatureHolds: true });
    expect(tags).toMatchObject({ v: '1', a: 'rsa-sha256', d: 'action48.test', s: 'a48' });
    const fields = (tags['h'] ?? '').split(':');
    for (const field of ['from', 'to', 'subject', 'date', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post'])
      expect(fields).toContain(field);
  });

  it.each([
    ['a word of the text', /text\/plain/, (raw: string) => raw.replace(/\r\n\r\n(?=[^]*)/, '\r\n\r\nx')],
    ['the subject', /^Subject:/m, (raw: string) => raw.replace(/^Subject: ./m, 'Subject: x')],
    ['the sender', /^From:/m, (raw: string) => raw.replace(/no-reply@/, 'thief@')],
    ['the date', /^Date:/m, (raw: string) => raw.replace(/^Date: .*$/m, 'Date: Thu, 01 Jan 1970 00:00:00 +0000')],
    ['the Message-ID', /^Message-ID:/m, (raw: string) => raw.replace('<1@action48.test>', '<2@action48.test>')],
    ['the address to unsubscribe at', /List-Unsubscribe/, (raw: string) => raw.replace('/u/1', '/u/2')],
  ])('show when somebody has changed %s', async (_name, there, change) => {
    const raw = await sent(KEY);
    expect(raw).toMatch(there);
    const { bodyHolds, signatureHolds } = check(change(raw), published(dkimRecord(settings(KEY))));
    expect(bodyHolds && signatureHolds).toBe(false);
  });

  it('take the key from a file, or with its line breaks as two signs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dkim-'));
    writeFileSync(join(folder, 'key.pem'), KEY);
    expect(dkimOf(settings(join(folder, 'key.pem')))?.privateKey).toBe(KEY);
    expect(dkimOf(settings(KEY.replaceAll('\n', '\\n')))?.privateKey).toBe(KEY);
    rmSync(folder, { recursive: true });
  });

  it('are not signed without a key, and never because a key is wrong', () => {
    expect(dkimOf(new Config())).toBeNull();
    const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    for (const [key, why] of [
      ['/nowhere/key.pem', /cannot be read \(ENOENT\)/],
      ['-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', /no private key can be read/],
      [ed25519, /ed25519 key, and mails are signed with RSA/],
      [pem(1_024), /shorter than 2048 bits/],
    ] as const) {
      expect(() => dkimOf(settings(key))).toThrow(why);
      expect(() => dkimOf(settings(key))).toThrow(/^DKIM_KEY: /);
    }
  });
});
