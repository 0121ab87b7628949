import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { DataSource } from 'typeorm';
import type { MailParameters } from '#libs/contracts/mail.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { createTestDatabase } from '../../test/support/database.js';
import { PLACES, THIEF, VECTORS } from '../../test/support/mail-injections.js';
import { dueMail } from '../../test/support/mail-rows.js';
import { SmtpSink } from '../../test/support/smtp-sink.js';
import type { SunkMail } from '../../test/support/smtp-sink.js';
import { MailComposer } from './composer.js';
import type { Sender } from './envelope.js';
import { messageOf } from './envelope.js';
import { smtpTransport } from './transport.js';
import type { MailTransport } from './transport.js';

jest.setTimeout(120_000);

const SENDER: Sender = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
const OWN = 'focal@example.test';
const SECRET_FILE = 'SECRET-OF-A-FILE-93b1';

const HEADERS = new Set([
  ...['from', 'to', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'mime-version', 'content-type'],
  ...['content-transfer-encoding', 'auto-submitted', 'content-language', 'x-action48-ledger', 'list-unsubscribe'],
]);

const ROW = { recipient: OWN, recipientName: 'Focal point', language: 'en', kind: 'breach' };
const PARAMETERS: MailParameters = {
  reference: 'CCM-A9-2026-0042',
  state: 'Bravia',
  stage: 'Circulated',
  clock: { name: 'responder_answer', title: 'Answer of the responder' },
  dueAt: '2026-12-01T16:00:00.000Z',
  level: 'L1',
  timezone: 'Africa/Lusaka',
  path: '/cases/CCM-A9-2026-0042',
};

/** The sink names the domains of others as people do, not as they went over the wire. */
const inAscii = (address: string): string => address.replace(/[^@]*$/, (domain) => domainToASCII(domain));

describe('what somebody typed, in a mail', () => {
  let dataSource: DataSource;
  let sink: SmtpSink;
  let transport: MailTransport;
  let fetched = 0;
  let web: Server;
  let folder = '';
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    sink = await SmtpSink.start();
    transport = smtpTransport(sink.url);
    web = createServer((_, response) => {
      fetched += 1;
      response.end('FETCHED');
    });
    await new Promise<void>((ready) => web.listen(0, '127.0.0.1', ready));
    folder = mkdtempSync(join(tmpdir(), 'mail-'));
    writeFileSync(join(folder, 'secret.txt'), SECRET_FILE);
  }, 60_000);
  afterAll(async () => {
    transport.close();
    await sink.stop();
    await new Promise((closed) => web.close(closed));
    rmSync(folder, { recursive: true });
    await dataSource.destroy();
  });

  const filled = (vector: string): string =>
    vector
      .replaceAll('@FILE@', join(folder, 'secret.txt'))
      .replaceAll('@URL@', `http://127.0.0.1:${(web.address() as AddressInfo).port}`);

  /** The headers as they went over the wire, unfolded. */
  const headersOf = ({ raw }: SunkMail): [string, string][] =>
    raw
      .slice(0, raw.indexOf('\r\n\r\n'))
      .split(/\r\n(?![ \t])/)
      .map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 1)]);

  /** One recipient, our headers alone and each once, nothing of a file, nothing that a reader's program would run or fetch. */
  const expectSound = (mail: SunkMail, recipient = OWN): void => {
    const headers = headersOf(mail);
    const names = headers.map(([name]) => name);
    expect(names.filter((name) => !HEADERS.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    // What nodemailer makes of an address to unsubscribe at may hold letters; the others are encoded.
    const ours = headers.filter(([name]) => name !== 'list-unsubscribe').map(([, value]) => value);
    expect(ours.join('')).toMatch(/^[\t\r\n\x20-\x7E]*$/);
    expect(mail.to.map(inAscii)).toEqual([inAscii(recipient)]);
    const { parsed } = mail;
    const named = [parsed.to].flat().flatMap((to) => to?.value.map(({ address }) => inAscii(address ?? '')));
    expect(named).toEqual([inAscii(recipient)]);
    expect(parsed.from?.value.map(({ address }) => address)).toEqual(['no-reply@action48.test']);
    for (const shown of [parsed.subject, [parsed.to].flat()[0]?.value[0]?.name, parsed.from?.value[0]?.name])
      expect(shown ?? '').not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
    expect(parsed.attachments).toEqual([]);
    expect(mail.raw).not.toContain(SECRET_FILE);
    expect(parsed.text ?? '').not.toMatch(/SECRET-OF-A-FILE|FETCHED/);
    const html = String(parsed.html);
    expect(html).not.toMatch(/<(?:script|img|iframe|object|link|form|meta http)/i);
    expect(html.match(/<[^>]*\b(?:href|src)=/g)).toHaveLength(1);
    expect(html).toMatch(/href="https:\/\/action48\.test\//);
  };

  describe.each(Object.entries(PLACES))('as %s', (_place, at) => {
    it.each(Object.entries(VECTORS))('does nothing but stand there: %s', async (_name, vector) => {
      const { row, parameters, sender } = at(filled(vector));
      const before = sink.mails.length;
      const given = { ...ROW, ...row, id: randomUUID(), messageId: `<${randomUUID()}@action48.test>`, template: null };
      const mail = {
        ...given,
        parameters: parameters && 'values' in parameters ? parameters : { ...PARAMETERS, ...parameters },
      };
      const own = { timezone: 'Africa/Lusaka', ...mail.parameters };
      const composed = await new MailComposer(dataSource.manager, { ...SENDER, ...sender })
        .compose({ ...mail, parameters: own } as unknown as Mail)
        .catch((error: unknown) => error);
      // What cannot be composed is not sent, and its row says so.
      if (composed instanceof Error) expect(['BadAddress', 'TypeError']).toContain(composed.name);
      else {
        await transport.deliver(composed as Parameters<MailTransport['deliver']>[0]);
        const sent = sink.mails.slice(before);
        expect(sent).toHaveLength(1);
        expectSound(sent[0] as SunkMail, sent[0]?.to[0] === OWN ? OWN : String(row?.recipient));
        expect(sent[0]?.to).not.toContain(THIEF);
      }
      expect(fetched).toBe(0);
    });
  });

  it.each(Object.entries(VECTORS))(
    'does nothing as the words of a template, were one saved unseen: %s',
    async (_name, vector) => {
      const words = { subject: filled(vector), lines: [filled(vector)], link: filled(vector) };
      const row = { ...ROW, id: randomUUID(), messageId: `<${randomUUID()}@action48.test>`, parameters: PARAMETERS };
      const before = sink.mails.length;
      let message;
      try {
        message = messageOf(row as unknown as Mail, SENDER, { words });
      } catch (error) {
        expect((error as Error).name).toBe('TemplateBroken');
        return;
      }
      await transport.deliver(message);
      expectSound(sink.mails[before] as SunkMail);
      expect(fetched).toBe(0);
    },
  );

  it.each(Object.entries(VECTORS))('does nothing as an address to unsubscribe at: %s', async (_name, vector) => {
    const row = { ...ROW, id: randomUUID(), messageId: `<${randomUUID()}@action48.test>`, parameters: PARAMETERS };
    const message = messageOf(row as unknown as Mail, SENDER);
    const before = sink.mails.length;
    await transport.deliver({ ...message, list: { unsubscribe: filled(vector) } });
    expectSound(sink.mails[before] as SunkMail);
  });

  it.each([
    ['a file', () => ({ path: join(folder, 'secret.txt') })],
    ['an address', () => ({ href: `http://127.0.0.1:${(web.address() as AddressInfo).port}` })],
    ['raw content', () => ({ raw: `Bcc: ${THIEF}\r\n\r\nx` })],
  ])('cannot be an object that stands for %s', async (_name, object) => {
    for (const place of ['reference', 'state', 'stage', 'level'] as const) {
      const row = await dueMail(dataSource, {
        ...ROW,
        parameters: { ...PARAMETERS, [place]: object() },
      });
      const before = sink.mails.length;
      const composed = await new MailComposer(dataSource.manager, SENDER).compose(row).catch((error: unknown) => error);
      if (!(composed instanceof Error)) {
        await transport.deliver(composed as Parameters<MailTransport['deliver']>[0]);
        expectSound(sink.mails[before] as SunkMail);
      }
    }
    expect(fetched).toBe(0);
  });

  it('is not read from a file or fetched even where an object is handed to the transport', async () => {
    const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
    for (const text of [{ path: join(folder, 'secret.txt') }, { href: url }, { path: url }])
      await expect(transport.deliver({ to: OWN, from: OWN, messageId: '<x@y.test>', text: text })).rejects.toThrow();
    expect(fetched).toBe(0);
  });

  it('reaches mailboxes of international domains, and only under the name that the DNS knows', async () => {
    const row = {
      ...ROW,
      recipient: 'focal@правительство.рф',
      id: randomUUID(),
      messageId: '<idn@action48.test>',
      parameters: PARAMETERS,
    };
    await transport.deliver(messageOf(row as unknown as Mail, SENDER));
    expect(sink.mails.at(-1)?.raw).toMatch(/^To: .*<focal@xn--80aealotwbjpid2k\.xn--p1ai>\r$/m);
    expectSound(sink.mails.at(-1) as SunkMail, row.recipient);
  });
});
