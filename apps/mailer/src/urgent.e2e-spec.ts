import { randomUUID } from 'node:crypto';
import { MailComposer } from '#libs/mail/composer.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { SMTP_CONNECTIONS } from '#libs/config/config.js';
import { MailPump, SENDER } from '../../../test/support/mail-pump.js';
import { dueMail } from '../../../test/support/mail-rows.js';
import { until } from '../../../test/support/until.js';

jest.setTimeout(180_000);

const WAITING = 10_000;

describe('a mailer with ten thousand mails that are due at one instant', () => {
  let mail: MailPump;
  beforeAll(async () => {
    mail = await MailPump.create();
    const { id } = await dueMail(mail.dataSource);
    await mail.dataSource.query(
      `INSERT INTO mail SELECT (made).* FROM (
         SELECT jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'sequence', n, 'message_id', '<' || n || '@x>')) AS made
         FROM mail m, generate_series(2, $2::int) n WHERE m.id = $1) rows`,
      [id, WAITING],
    );
    await mail.dataSource.query('ANALYZE mail');
  });
  afterEach(async () => {
    await mail.stop();
    mail.server.script = () => 'accept';
  });
  afterAll(() => mail.close());

  const sentBefore = async (row: Mail): Promise<number> => mail.server.log().findIndex(({ key }) => key === row.id);

  const sending = async (): Promise<number> => {
    const [{ count }] = await mail.dataSource.query(`SELECT count(*)::int FROM mail WHERE state = 'sending'`);
    return count;
  };

  it('sends an urgent one that comes in the middle after those in hand, not after the others', async () => {
    mail.start();
    await until('it is at work', () => mail.server.log().length > 100);
    const before = mail.server.log().length;
    const urgent = await dueMail(mail.dataSource, { class: 'urgent', delivery: 'notice', sendAfter: new Date() });
    await mail.inState(urgent, 'sent');
    const [{ due }] = await mail.dataSource.query(`SELECT count(*)::int AS due FROM mail WHERE state = 'due'`);
    expect(due).toBeGreaterThan(WAITING / 10);
    expect((await sentBefore(urgent)) - before).toBeLessThan(WAITING / 8);
  });

  it('sends an urgent one while the server holds all others, of which no more are marked than there are connections', async () => {
    mail.server.script = (step, recipient) => (step === 'rcpt' && !recipient.startsWith('urgent') ? 'hang' : 'accept');
    mail.start();
    await until('the others wait for the server', async () => (await sending()) === SMTP_CONNECTIONS - 1);
    expect(await sending()).toBe(SMTP_CONNECTIONS - 1);
    const urgent = await dueMail(mail.dataSource, {
      class: 'urgent',
      delivery: 'notice',
      recipient: `urgent-${randomUUID()}@example.test`,
    });
    const sent = await mail.inState(urgent, 'sent');
    expect(sent.attempts).toBe(1);
  });
});

describe('a mail that the gate stumbles over', () => {
  it('waits by itself, and the others go', async () => {
    const mail = await MailPump.create();
    const rows = await Promise.all([1, 2, 3].map(() => dueMail(mail.dataSource)));
    const [odd, ...others] = rows as [Mail, ...Mail[]];
    const holds = (asked: readonly Mail[]) =>
      asked.some(({ id }) => id === odd.id) ? Promise.reject(new Error('never at work')) : Promise.resolve(new Map());
    mail.start({ gate: { holds } });
    for (const row of others) await mail.inState(row, 'sent');
    await until('it waits', async () => (await mail.row(odd)).heldFor === 'retry');
    expect(await mail.row(odd)).toMatchObject({
      state: 'due',
      attempts: 0,
      response: 'the rules of mail could not be asked',
    });
    await mail.close();
  });
});

describe('a mail that cannot be composed', () => {
  let mail: MailPump;
  beforeAll(async () => {
    mail = await MailPump.create();
  });
  afterEach(() => mail.stop());
  afterAll(() => mail.close());

  const failing = (error: Error): MailComposer =>
    Object.assign(new MailComposer(mail.dataSource.manager, SENDER), { compose: () => Promise.reject(error) });

  it('waits when the reason may pass, and is not counted as tried', async () => {
    const row = await dueMail(mail.dataSource);
    mail.start({ composer: failing(new Error('terminating connection')) });
    const waiting = await until('it waits', async () => {
      const now = await mail.row(row);
      return now.response && now;
    });
    expect(waiting).toMatchObject({ state: 'due', attempts: 0, heldFor: 'retry', response: 'could not be composed' });
    expect(waiting.sendAfter.getTime()).toBeGreaterThan(Date.now() + 60_000);
    expect(await mail.history(row)).toMatchObject([{ happening: 'not_sent', attempt: null }]);
    await mail.stop();
    mail.start();
    await mail.later();
    await mail.inState(row, 'sent');
  });

  it('is given up when the reason is there to stay', async () => {
    const row = await dueMail(mail.dataSource);
    mail.start({ composer: failing(Object.assign(new Error('the link is over'), { final: true })) });
    expect(await mail.inState(row, 'failed')).toMatchObject({
      attempts: 0,
      response: 'the link is over',
      followedUpAt: null,
    });
    expect(await mail.history(row)).toMatchObject([
      { happening: 'not_sent', attempt: null, detail: 'the link is over' },
    ]);
  });
});
