import { randomBytes } from 'node:crypto';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { createTestDatabase } from '../support/database.js';
import { Deployment } from '../support/deployment.js';
import { dueMail, longAgo, mailRow } from '../support/mail-rows.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

describe('kill -9 of the mailer', () => {
  let deployment: Deployment;
  let sink: SmtpSink;
  let reminder: Mail;
  let notice: Mail;
  beforeAll(async () => {
    sink = await SmtpSink.start();
    const databaseUrl = await createTestDatabase();
    deployment = await Deployment.on({ databaseUrl, temporalAddress: '127.0.0.1:9', smtpUrl: sink.url });
  });
  beforeEach(async () => {
    reminder = await dueMail(deployment.dataSource, { kind: 'reminder', delivery: 'reminder' });
    notice = await dueMail(deployment.dataSource, { kind: 'breach', delivery: 'notice' });
  });
  afterAll(async () => {
    await deployment.stop();
    await sink.stop();
  });

  const states = async () => {
    const [first, second] = await Promise.all([reminder, notice].map((row) => mailRow(deployment.dataSource, row)));
    return [first?.state, second?.state];
  };
  const copies = (row: Mail): string[] => sink.to(row.recipient).map(({ messageId }) => messageId);
  /** A new mailer, after the time in which the old one might still have been alive. */
  const goOn = async (expected: [Mail['state'], Mail['state']]) => {
    await longAgo(deployment.dataSource);
    const mailer = await deployment.start('mailer');
    await until(`the mails are ${expected.join(' and ')}`, async () => String(await states()) === String(expected));
    expect(await mailer.stop()).toBe('code 0');
  };

  it('after it took mails and before it sent any: both go out, once', async () => {
    const mailer = await deployment.start('mailer', 'mail.after_claim');
    expect(await mailer.ended).toBe('SIGKILL');
    expect(await states()).toEqual(['claimed', 'claimed']);
    await goOn(['sent', 'sent']);
    expect([copies(reminder), copies(notice)]).toEqual([[reminder.messageId], [notice.messageId]]);
  });

  it('before a message leaves: the notice goes out, the reminder that was in hand is shown as unknown', async () => {
    await deployment.dataSource.query(`UPDATE mail SET send_after = now() + interval '1 day' WHERE id = $1`, [
      notice.id,
    ]);
    const mailer = await deployment.start('mailer', 'mail.before_data');
    expect(await mailer.ended).toBe('SIGKILL');
    expect(await states()).toEqual(['sending', 'due']);
    await deployment.dataSource.query('UPDATE mail SET send_after = now() WHERE id = $1', [notice.id]);
    await goOn(['unknown', 'sent']);
    expect([copies(reminder), copies(notice)]).toEqual([[], [notice.messageId]]);
  });

  it('after the message and before the answer: the reminder is never sent twice, the notice again under its Message-ID', async () => {
    sink.hold = () => undefined;
    const mailer = await deployment.start('mailer');
    await until('the server has read both', () => copies(reminder).length && copies(notice).length);
    await mailer.kill();
    sink.hold = null;
    await goOn(['unknown', 'sent']);
    expect([copies(reminder), copies(notice)]).toEqual([[reminder.messageId], [notice.messageId, notice.messageId]]);
  });

  it.each<['reminder' | 'notice', Mail['state'], number]>([
    ['reminder', 'unknown', 1],
    ['notice', 'sent', 2],
  ])(
    'E15: after the 250 of a %s and before it was noted: it is %s, with %i at the recipient',
    async (kind, state, count) => {
      const [row, other] = kind === 'reminder' ? [reminder, notice] : [notice, reminder];
      await deployment.dataSource.query('DELETE FROM mail WHERE id = $1', [other.id]);
      const mailer = await deployment.start('mailer', 'mail.after_250_before_mark');
      expect(await mailer.ended).toBe('SIGKILL');
      expect(copies(row)).toEqual([row.messageId]);
      await longAgo(deployment.dataSource);
      const next = await deployment.start('mailer');
      await until(`it is ${state}`, async () => (await mailRow(deployment.dataSource, row)).state === state);
      expect(await next.stop()).toBe('code 0');
      expect(copies(row)).toEqual(Array.from({ length: count }, () => row.messageId));
    },
  );

  it('cannot be asked for in production', async () => {
    const mailer = await deployment.start('mailer', 'mail.after_claim', {
      DEPLOYMENT: 'production',
      SECRETS_KEY: randomBytes(32).toString('base64'),
    });
    await until('both are sent', async () => String(await states()) === 'sent,sent');
    expect(await mailer.stop()).toBe('code 0');
  });
});
