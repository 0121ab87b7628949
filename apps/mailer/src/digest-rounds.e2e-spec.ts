import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { advanceClock } from '#libs/case-store/product-time.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { MailComposer } from '#libs/mail/composer.js';
import { Digests } from '#libs/mail/digests.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { RulesGate } from '#libs/mail/rules-gate.js';
import { smtpTransport } from '#libs/mail/transport.js';
import { createTestDatabase } from '../../../test/support/database.js';
import { dueMail } from '../../../test/support/mail-rows.js';
import { actor, seedPeople } from '../../../test/support/people.js';
import { SmtpSink } from '../../../test/support/smtp-sink.js';
import { until } from '../../../test/support/until.js';
import { DigestRounds } from './digest-rounds.js';
import { Pump } from './pump.js';

jest.setTimeout(60_000);

const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
/** A Monday morning in Geneva. */
const NOW = Date.parse('2032-03-15T09:30:00Z');
const READER = { timezone: 'Europe/Zurich' };

describe('mailers that make digests', () => {
  let dataSource: DataSource;
  let sink: SmtpSink;
  const running: { stop(): Promise<void> }[] = [];
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedPeople(dataSource);
    await advanceClock(dataSource.manager, NOW - Date.now());
    sink = await SmtpSink.start();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await sink.stop();
    await dataSource.destroy();
  });

  const start = () => {
    const transport = smtpTransport(sink.url, { silenceMs: 2_000 });
    const gate = new RulesGate(dataSource);
    const composer = new MailComposer(dataSource.manager, SENDER);
    const pump = new Pump(new MailLedger(dataSource), transport, composer, gate, () => undefined);
    const rounds = new DigestRounds(new Digests(dataSource, SENDER), () => undefined);
    running.push(pump, rounds);
    pump.start();
    rounds.start();
  };

  it('send one mail to each reader, however many there are, and what asks for something beside it', async () => {
    const { personId } = actor('coordinator');
    const waiting = { reader: READER, personId, delivery: 'notice' as const };
    for (let mail = 0; mail < 24; mail += 1)
      await dueMail(dataSource, {
        ...{ ...waiting, kind: 'plan', class: 'digest', heldFor: 'digest', sequence: randomUUID() },
        ...{ recipient: `reader${mail % 4}@example.test`, sendAfter: new Date(NOW - 3_600_000) },
      });
    const single = await dueMail(dataSource, { ...waiting, recipient: 'reader0@example.test' });
    for (let mailers = 0; mailers < 3; mailers += 1) start();
    const sent = () => dataSource.manager.countBy(Mail, { state: 'sent' });
    await until('all are sent', async () => (await sent()) === 5);
    const digests = sink.mails.filter(({ messageId }) => messageId !== single.messageId);
    expect(digests.flatMap(({ to }) => to).sort()).toEqual([0, 1, 2, 3].map((n) => `reader${n}@example.test`));
    for (const { parsed } of digests) {
      expect(parsed.subject).toBe('Action48: 6 things to know about your cases');
      expect(parsed.headers.get('list-unsubscribe-post') ?? parsed.headers.get('list')).toMatchObject({
        unsubscribe: { url: expect.stringMatching(/^https:\/\/action48\.test\/unsubscribe\/[\w-]{43}$/) },
        'unsubscribe-post': expect.anything(),
      });
      expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    }
    expect(sink.to('reader0@example.test')).toHaveLength(2);
    expect(await dataSource.manager.countBy(Mail, { state: 'gathered' })).toBe(24);
    expect(JSON.stringify(await dataSource.query('SELECT secret FROM mail WHERE secret IS NOT NULL'))).toBe('[]');
  });
});
