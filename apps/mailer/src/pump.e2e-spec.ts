import { DataSource } from 'typeorm';
import { SMTP_CONNECTIONS } from '#libs/config/config.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { MailComposer } from '#libs/mail/composer.js';
import { OPEN_GATE } from '#libs/mail/gate.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { smtpTransport } from '#libs/mail/transport.js';
import { createTestDatabase } from '../../../test/support/database.js';
import { dueAgain, dueMail, mailRow } from '../../../test/support/mail-rows.js';
import { SmtpSink } from '../../../test/support/smtp-sink.js';
import type { Behaviour, SmtpStep } from '../../../test/support/smtp-sink.js';
import { until } from '../../../test/support/until.js';
import { Pump } from './pump.js';

/** A server that says nothing is given up after this. */
const SILENCE_MS = 1_000;
const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};

jest.setTimeout(120_000);

describe('the mail pump', () => {
  let dataSource: DataSource;
  let sink: SmtpSink;
  let pumps: Pump[] = [];

  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
  }, 60_000);
  beforeEach(async () => {
    sink = await SmtpSink.start();
  });
  afterEach(async () => {
    await Promise.all(pumps.map((pump) => pump.stop()));
    pumps = [];
    await sink.stop();
    for (const table of ['mail_event', 'mail']) await dataSource.query(`DELETE FROM ${table}`);
  });
  afterAll(() => dataSource.destroy());

  const start = (ledger = new MailLedger(dataSource)): Pump => {
    const transport = smtpTransport(sink.url, { silenceMs: SILENCE_MS });
    const pump = new Pump(ledger, transport, new MailComposer(dataSource.manager, SENDER), OPEN_GATE, () => undefined);
    pumps.push(pump);
    pump.start();
    return pump;
  };
  const misbehave = (step: SmtpStep, behaviour: Behaviour, times = Infinity): void => {
    let left = times;
    sink.behave = (asked) => (asked === step && left-- > 0 ? behaviour : 'accept');
  };
  const settled = (row: Mail, state: Mail['state'], attempts: number): Promise<Mail> =>
    until(`${row.kind} is ${state}`, async () => {
      const now = await mailRow(dataSource, row);
      return now.state === state && now.attempts === attempts && now;
    });

  it('sends what is due, with the answer of the server in the ledger, and leaves alone what is not', async () => {
    const later = await dueMail(dataSource, { sendAfter: new Date(Date.now() + 3_600_000) });
    const row = await dueMail(dataSource);
    start();
    const sent = await settled(row, 'sent', 1);
    expect(sent.response).toMatch(/^250/);
    expect(sent.sentAt).not.toBeNull();
    const [mail] = sink.to(row.recipient);
    expect(mail?.messageId).toBe(row.messageId);
    expect(mail?.parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.parsed.headers.get('content-language')).toBe('en');
    expect(mail?.parsed.text).toContain('CCM-A9-2026-0042');
    expect(mail?.parsed.html).toContain('CCM-A9-2026-0042');
    expect(await mailRow(dataSource, later)).toMatchObject({ state: 'due', attempts: 0 });
  });

  it.each<[string, SmtpStep, Behaviour]>([
    ['the recipient’s box is busy', 'rcpt', { code: 450 }],
    ['the server takes no more for now', 'data', { code: 452 }],
    ['the server does not know our sign-in or sender yet', 'mail', { code: 550 }],
    ['the server shuts the door', 'connect', { code: 554 }],
    ['the line is cut before the message', 'rcpt', 'drop'],
    ['the server falls silent before the message', 'rcpt', 'hang'],
  ])('tries a reminder again, later each time, while %s', async (_name, step, behaviour) => {
    misbehave(step, behaviour, 2);
    const row = await dueMail(dataSource);
    start();
    const first = await settled(row, 'due', 1);
    expect(first.response).toBeTruthy();
    const pause = first.sendAfter.getTime() - Date.now();
    await dueAgain(dataSource, row);
    const second = await settled(row, 'due', 2);
    expect(second.sendAfter.getTime() - Date.now()).toBeGreaterThan(pause);
    await dueAgain(dataSource, row);
    await settled(row, 'sent', 3);
    expect(sink.to(row.recipient).filter(({ accepted }) => accepted)).toHaveLength(1);
  });

  it.each<[string, SmtpStep]>([
    ['there is no such box', 'rcpt'],
    ['the message is refused', 'data'],
  ])('gives a mail up at once when %s', async (_name, step) => {
    misbehave(step, { code: 550, text: 'No such box' });
    const row = await dueMail(dataSource, { delivery: 'notice' });
    start();
    expect((await settled(row, 'failed', 1)).response).toContain('No such box');
  });

  it('waits while no mail server is there, and sends when it is', async () => {
    const { port } = sink;
    await sink.stop();
    const row = await dueMail(dataSource);
    start();
    await settled(row, 'due', 1);
    sink = await SmtpSink.start(port);
    await dueAgain(dataSource, row);
    await settled(row, 'sent', 2);
    expect(sink.to(row.recipient)).toHaveLength(1);
  });

  describe.each<[string, Behaviour]>([
    ['says nothing after the message', 'hang'],
    ['cuts the line after the message', 'drop'],
  ])('when the server %s', (_name, behaviour) => {
    it('stops a reminder as unknown: it may have arrived and is never sent twice', async () => {
      misbehave('data', behaviour);
      const row = await dueMail(dataSource);
      start();
      await settled(row, 'unknown', 1);
      const probe = await dueMail(dataSource); // a later pass of the pump leaves the first alone
      await settled(probe, 'unknown', 1);
      expect(sink.to(row.recipient)).toHaveLength(1);
    });

    it('sends a notice again after a pause, under the same Message-ID', async () => {
      misbehave('data', behaviour, 1);
      const row = await dueMail(dataSource, { delivery: 'notice', kind: 'breach' });
      start();
      const waiting = await settled(row, 'due', 1);
      expect(waiting.sendAfter.getTime()).toBeGreaterThan(row.sendAfter.getTime());
      await dueAgain(dataSource, row);
      await settled(row, 'sent', 2);
      expect(sink.to(row.recipient).map(({ messageId }) => messageId)).toEqual([row.messageId, row.messageId]);
    });
  });

  it('does not repeat a message by itself when the connection breaks', async () => {
    misbehave('data', 'drop');
    const row = await dueMail(dataSource);
    const transport = smtpTransport(sink.url, { silenceMs: SILENCE_MS });
    const message = { from: 'a@example.test', to: row.recipient, text: 'x', messageId: row.messageId };
    await expect(transport.deliver(message)).rejects.toMatchObject({ outcome: 'unknown' });
    misbehave('data', 'accept');
    await transport.deliver({ ...message, messageId: '<second@example.test>' });
    transport.close();
    expect(sink.mails.map(({ messageId }) => messageId)).toEqual([row.messageId, '<second@example.test>']);
  });

  it('notes what was accepted once the database answers again, and does not send it again', async () => {
    class Forgetful extends MailLedger {
      failures = 0;
      override async sent(row: Mail, response: string): Promise<void> {
        if (this.failures++ < 2) throw new Error('terminating connection');
        return super.sent(row, response);
      }
    }
    const ledger = new Forgetful(dataSource);
    start(ledger);
    const row = await dueMail(dataSource, { delivery: 'notice' });
    await settled(row, 'sent', 1);
    expect(ledger.failures).toBe(3);
    expect(sink.to(row.recipient)).toHaveLength(1);
  });

  it('never sends one row twice, however many mailers there are', async () => {
    const rows: Mail[] = [];
    for (let mails = 0; mails < 60; mails += 1) rows.push(await dueMail(dataSource));
    for (let mailers = 0; mailers < 3; mailers += 1) start();
    const sent = () => dataSource.query<unknown[]>(`SELECT 1 FROM mail WHERE state = 'sent' AND attempts = 1`);
    await until('all are sent', async () => (await sent()).length === rows.length);
    expect(sink.mails.map(({ messageId }) => messageId).sort()).toEqual(rows.map(({ messageId }) => messageId).sort());
  });

  it('finishes the mails in hand when it is told to stop, and gives back the others', async () => {
    const waiting: (() => void)[] = [];
    sink.hold = (release) => void waiting.push(release);
    const count = SMTP_CONNECTIONS + 2;
    const rows = await Promise.all(Array.from({ length: count }, () => dueMail(dataSource)));
    const pump = start();
    await until('a mail is in hand', () => waiting.length);
    const stopped = pump.stop();
    sink.hold = null;
    for (const release of waiting) release();
    await stopped;
    const states = (await Promise.all(rows.map((row) => mailRow(dataSource, row)))).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['sent', 'due']));
    expect(states.filter((state) => state === 'sent')).toHaveLength(sink.mails.length);
  });

  it('refuses an address that is not one mailbox, before anything is sent', async () => {
    const odd = [
      'a@example.test, b@example.test',
      'a@example.test\r\nBcc: b@example.test',
      '"a b"@example.test',
      'A <a@example.test>',
      'a@example',
      'a@b@example.test',
      '',
    ];
    const rows = await Promise.all(odd.map((recipient) => dueMail(dataSource, { recipient, delivery: 'notice' })));
    start();
    await Promise.all(rows.map((row) => settled(row, 'failed', 0)));
    expect(sink.mails).toEqual([]);
  });

  it('lets nobody write headers through a name or a reference', async () => {
    const inject = 'x\r\nBcc: thief@example.test\r\nX-Evil: 1\u202Egpj';
    const row = await dueMail(dataSource, { recipientName: inject });
    const other = await dueMail(dataSource, { parameters: { ...row.parameters, reference: inject, state: inject } });
    start();
    await settled(row, 'sent', 1);
    await settled(other, 'sent', 1);
    for (const { parsed, to } of sink.mails) {
      expect(to).toHaveLength(1);
      expect(parsed.headers.has('bcc')).toBe(false);
      expect(parsed.headers.has('x-evil')).toBe(false);
    }
  });
});
