import { receptionOf } from '../../../../test/support/reception.js';
import { createTransport } from 'nodemailer';
import { DataSource } from 'typeorm';
import { InboundMail } from '#libs/database/entities/inbound-mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { createTestDatabase } from '../../../../test/support/database.js';
import { addressOf, DELAYED, FAILED, INBOUND, rawMail, report } from '../../../../test/support/inbound.js';
import { dueMail, mailRow } from '../../../../test/support/mail-rows.js';
import { LmtpDoor } from './lmtp.js';

jest.setTimeout(60_000);

describe('the LMTP door', () => {
  let dataSource: DataSource;
  let door: LmtpDoor;
  const warnings: string[] = [];

  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    door = await LmtpDoor.open('127.0.0.1:0', receptionOn(dataSource), (text) => warnings.push(text));
  });
  afterAll(async () => {
    await door.close();
    await dataSource.destroy();
  });

  const receptionOn = (database: DataSource) =>
    receptionOf(database, { ...INBOUND, mailFrom: 'Action48 <no-reply@action48.test>' });
  /** Hands a message over as a mail server does; what the door says to it. */
  async function deliver(raw: Buffer, to: string, from = '', port = door.port): Promise<string> {
    const transport = createTransport({ host: '127.0.0.1', port, lmtp: true, ignoreTLS: true } as object);
    try {
      return (await transport.sendMail({ envelope: { from, to: [to] }, raw })).response;
    } finally {
      transport.close();
    }
  }
  const stored = () => dataSource.manager.find(InboundMail, { order: { id: 'ASC' } });
  const events = (id: string) =>
    dataSource.query<{ happening: string; detail: string }[]>(
      'SELECT happening, detail FROM mail_event WHERE mail_id = $1 ORDER BY id',
      [id],
    );

  it('stores a message before it says so, and the same message once', async () => {
    const raw = rawMail('Hello there.');
    for (let times = 0; times < 3; times += 1)
      expect(await deliver(raw, 'anybody@in.action48.test', 'somebody@example.test')).toMatch(/^250/);
    const rows = (await stored()).filter(({ text }) => text === 'Hello there.');
    expect(rows).toMatchObject([{ kind: 'reply', state: 'waiting', caseId: null, sender: 'somebody@example.test' }]);
  });

  it('marks a mail that will not arrive as bounced, with what the server said', async () => {
    const row = await dueMail(dataSource, { state: 'sent', sentAt: new Date() });
    await deliver(report(FAILED), addressOf('bounces', row));
    const after = await mailRow(dataSource, row);
    expect(after).toMatchObject({ state: 'bounced', followedUpAt: null });
    expect(after.bouncedAt).not.toBeNull();
    expect(after.response).toBe('5.1.1 550 5.1.1 <nobody@example.test>: Recipient address rejected: User unknown');
    expect(await events(row.id)).toMatchObject([{ happening: 'bounced' }]);
  });

  it('notes that a mail is late, and leaves it sent', async () => {
    const row = await dueMail(dataSource, { state: 'sent', sentAt: new Date() });
    await deliver(report(DELAYED), addressOf('bounces', row));
    expect(await mailRow(dataSource, row)).toMatchObject({ state: 'sent', bouncedAt: null });
    expect(await events(row.id)).toMatchObject([
      { happening: 'bounced', detail: expect.stringMatching(/^delayed: 4/) },
    ]);
  });

  it('finds the mail of a report by the Message-ID that it returns', async () => {
    const row = await dueMail(dataSource, { state: 'sent', sentAt: new Date() });
    await deliver(report(FAILED, {}, `Message-ID: ${row.messageId}`), 'reply@in.action48.test');
    expect(await mailRow(dataSource, row)).toMatchObject({ state: 'bounced' });
  });

  it('lets nobody mark a mail as bounced under a signature that is not ours', async () => {
    const row = await dueMail(dataSource, { state: 'sent', sentAt: new Date() });
    const forged = addressOf('bounces', { ...row, recipient: 'x@example.test' });
    await deliver(report(FAILED, {}, `Message-ID: ${row.messageId}`), forged);
    expect(await mailRow(dataSource, row)).toMatchObject({ state: 'sent' });
    expect(await events(row.id)).toEqual([]);
  });

  it('asks a report to come again while its mail is still being sent', async () => {
    const row = await dueMail(dataSource, { state: 'sending' });
    const raw = report(FAILED);
    expect(await deliver(raw, addressOf('bounces', row))).toMatch(/^451/);
    await dataSource.query(`UPDATE mail SET state = 'sent' WHERE id = $1`, [row.id]);
    await deliver(raw, addressOf('bounces', row));
    expect(await mailRow(dataSource, row)).toMatchObject({ state: 'bounced' });
  });

  it('notes an automatic answer on its mail, and asks nobody to read it', async () => {
    const row = await dueMail(dataSource, { state: 'sent', sentAt: new Date() });
    await deliver(rawMail('I am away.', { 'Auto-Submitted': 'auto-replied' }), addressOf('bounces', row));
    expect(await events(row.id)).toMatchObject([{ happening: 'auto_reply' }]);
    expect((await stored()).find(({ mailId }) => mailId === row.id)).toMatchObject({
      kind: 'automatic',
      state: 'filed',
    });
  });

  it('refuses what is larger than 25 MB, for good', async () => {
    const raw = Buffer.concat([rawMail('Large.'), Buffer.alloc(26 * 1024 * 1024, 'a\r\n')]);
    expect(await deliver(raw, 'reply@in.action48.test')).toMatch(/^552/);
    expect((await stored()).some(({ text }) => text.startsWith('Large.'))).toBe(false);
  });

  it('asks to be tried again while the database is away, and stores the message then', async () => {
    const url = await createTestDatabase();
    const parted = await new DataSource(databaseOptions(url)).initialize();
    const other = await LmtpDoor.open('127.0.0.1:0', receptionOn(parted), (text) => warnings.push(text));
    await parted.destroy();
    const raw = rawMail('Later.');
    expect(await deliver(raw, 'reply@in.action48.test', '', other.port)).toMatch(/^451/);
    expect(warnings.at(-1)).toMatch(/cannot be stored/);
    await parted.initialize();
    expect(await deliver(raw, 'reply@in.action48.test', '', other.port)).toMatch(/^250/);
    expect(await parted.manager.countBy(InboundMail, { text: 'Later.' })).toBe(1);
    await other.close();
    await parted.destroy();
  });
});
