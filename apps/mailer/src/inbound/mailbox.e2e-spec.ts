import { receptionOf } from '../../../../test/support/reception.js';
import { ImapFlow } from 'imapflow';
import { DataSource } from 'typeorm';
import { InboundMail } from '#libs/database/entities/inbound-mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import type { Reception } from '#libs/inbound/reception.js';
import type { Envelope } from '#libs/inbound/read-message.js';
import { createTestDatabase } from '../../../../test/support/database.js';
import { Dovecot, whyNoDovecot } from '../../../../test/support/dovecot.js';
import { addressOf, FAILED, INBOUND, rawMail, report } from '../../../../test/support/inbound.js';
import { dueMail, mailRow } from '../../../../test/support/mail-rows.js';
import { until } from '../../../../test/support/until.js';
import { Mailbox } from './mailbox.js';

jest.setTimeout(120_000);

const why = whyNoDovecot();
if (why) process.stderr.write(`${why} (apps/mailer/src/inbound/mailbox.e2e-spec.ts)\n`);
const DONE = 'Action48';

(why ? describe.skip : describe)('a mailbox on a real IMAP server', () => {
  let dataSource: DataSource;
  let dovecot: Dovecot;
  let reception: Reception;
  const open: Mailbox[] = [];
  const warnings: string[] = [];

  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    reception = receptionOf(dataSource, { ...INBOUND, mailFrom: 'Action48 <no-reply@action48.test>' });
    dovecot = await Dovecot.start();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((mailbox) => mailbox.stop()));
  });
  afterAll(async () => {
    await dovecot?.stop();
    await dataSource.destroy();
  });

  const start = (into: Pick<Reception, 'take'> = reception, url = dovecot.url()): void => {
    const place = { url, doneFolder: DONE };
    const mailbox = new Mailbox(place, into as Reception, (text) => warnings.push(text), 1_000);
    open.push(mailbox);
    mailbox.start();
  };

  /** Somebody's own look into the mailbox. */
  async function looking<T>(look: (client: ImapFlow) => Promise<T>): Promise<T> {
    const auth = { user: 'reader', pass: 'secret@place' };
    const client = new ImapFlow({ host: '127.0.0.1', port: dovecot.port, secure: false, auth, logger: false });
    await client.connect();
    try {
      return await look(client);
    } finally {
      await client.logout();
    }
  }
  const arrive = (raw: Buffer) => looking((client) => client.append('INBOX', raw));
  const count = (folder: string) =>
    looking(async (client) => (await client.status(folder, { messages: true })) || { messages: 0 }).then(
      ({ messages }) => messages ?? 0,
    );
  const stored = (text: string) => dataSource.manager.countBy(InboundMail, { text });

  it('stores what arrives, marks it as seen, and moves it away', async () => {
    start();
    await arrive(rawMail('First by IMAP.'));
    await until('it is stored', () => stored('First by IMAP.'));
    await until('it is moved', async () => (await count('INBOX')) === 0);
    const flags = await looking(async (client) => {
      await client.mailboxOpen(DONE);
      return (await client.fetchAll('1:*', { flags: true })).map((one) => [...(one.flags ?? [])]);
    });
    expect(flags).toEqual([expect.arrayContaining(['\\Seen'])]);
  });

  it('hears of a message while it waits', async () => {
    start();
    for (const text of ['One of two.', 'Two of two.']) {
      await arrive(rawMail(text));
      await until('it is stored', () => stored(text));
    }
  });

  it('finds by the headers for which mail a report is', async () => {
    const row = await dueMail(dataSource, { state: 'sent', sentAt: new Date() });
    start();
    await arrive(report(FAILED, { To: addressOf('bounces', row), 'Return-Path': '<>' }));
    await until('the mail is bounced', async () => (await mailRow(dataSource, row)).state === 'bounced');
  });

  it('marks nothing before it is stored: what could not be stored is taken later', async () => {
    let refusals = 0;
    const unwilling = {
      take: (raw: Buffer, envelope: Envelope) =>
        refusals++ < 2 ? Promise.reject(new Error('the database is away')) : reception.take(raw, envelope),
    };
    await arrive(rawMail('Only at the third time.'));
    start(unwilling);
    await until('it was refused once', () => refusals > 0);
    await until('it is stored', () => stored('Only at the third time.'));
    expect(refusals).toBe(3);
    expect(warnings.some((text) => text.includes('the database is away'))).toBe(true);
  });

  it('stores a message once when it is found unseen again, under another number', async () => {
    start();
    const raw = rawMail('The same message.');
    await arrive(raw);
    await until('it is stored', () => stored('The same message.'));
    await until('it is moved', async () => (await count('INBOX')) === 0);
    await arrive(raw);
    await until('it is moved again', async () => (await count('INBOX')) === 0);
    expect(await stored('The same message.')).toBe(1);
  });

  it('comes back when the server was away', async () => {
    start();
    await arrive(rawMail('Before.'));
    await until('it is stored', () => stored('Before.'));
    await dovecot.restart();
    await arrive(rawMail('After.'));
    await until('it is stored', () => stored('After.'));
  });

  it('goes on trying where it may not sign in, and says so without the password', async () => {
    const before = warnings.length;
    start(reception, dovecot.url().replace('secret%40place', 'wrong-one'));
    await until('it says so', () => warnings.length > before);
    expect(warnings.slice(before).join()).not.toMatch(/wrong-one/);
  });
});
