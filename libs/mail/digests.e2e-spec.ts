import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { advanceClock } from '#libs/case-store/product-time.js';
import type { DigestParameters, MailParameters } from '#libs/contracts/mail.js';
import { MailEvent } from '#libs/database/entities/mail-event.entity.js';
import { MailUnsubscribe } from '#libs/database/entities/mail-unsubscribe.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { Person } from '#libs/database/entities/person.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { hashOf } from '#libs/identity/tokens.js';
import { createTestDatabase } from '../../test/support/database.js';
import { dueMail, mailRow } from '../../test/support/mail-rows.js';
import { actor, seedPeople } from '../../test/support/people.js';
import { Digests } from './digests.js';
import { messageOf } from './envelope.js';
import { MailLedger } from './ledger.js';
import { RulesGate } from './rules-gate.js';
import { Unsubscribing } from './unsubscribing.js';

jest.setTimeout(60_000);

const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
const HOUR = 3_600_000;
/** A Monday, an hour and a half after nine in Geneva: the digest of that morning is due. */
const NOW = Date.parse('2032-03-15T09:30:00Z');
const DUE = new Date(NOW - 1.5 * HOUR);
const READER = { timezone: 'Europe/Zurich' };
const TO = 'coordinator@example.test';

describe('digests', () => {
  let dataSource: DataSource;
  let digests: Digests;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedPeople(dataSource);
    await advanceClock(dataSource.manager, NOW - Date.now());
    digests = new Digests(dataSource, SENDER);
  }, 60_000);
  afterEach(async () => {
    await dataSource.query('DELETE FROM mail_event');
    await dataSource.query('UPDATE mail SET digest_id = NULL');
    await dataSource.query('DELETE FROM mail');
    await dataSource.query('DELETE FROM mail_unsubscribe');
    await dataSource.query('UPDATE person SET mail_rhythm = NULL');
  });
  afterAll(() => dataSource.destroy());

  const waiting = (reference: string, changes: Partial<Mail> = {}) => {
    const { parameters, ...rest } = changes;
    const id = uuidv7();
    return dueMail(dataSource, {
      ...{ id, messageId: `<${id}@action48.test>` },
      ...{ kind: 'responder_answer', class: 'digest', heldFor: 'digest', delivery: 'notice', sendAfter: DUE },
      ...{ recipient: TO, personId: actor('coordinator').personId, reader: READER },
      parameters: {
        ...{ reference, stage: 'Circulated', timezone: 'Africa/Lusaka', path: `/cases/${reference}` },
        ...parameters,
      },
      ...rest,
    });
  };
  const made = () => dataSource.manager.findBy(Mail, { kind: 'digest' });
  const stateOf = async (row: Mail) => (await mailRow(dataSource, row)).state;

  it('make one mail of all that waits for somebody, and leave what is not due to the next', async () => {
    const rows = [await waiting('CCM-A9-2032-0001'), await waiting('CCM-A9-2032-0002', { kind: 'plan' })];
    const later = await waiting('CCM-A9-2032-0001', { sendAfter: new Date(NOW + HOUR) });
    const other = await waiting('CCM-A9-2032-0001', { recipient: 'lead@example.test' });
    expect(await digests.gather()).toBe(2);
    const digest = (await made()).find(({ recipient }) => recipient === TO);
    expect(digest).toMatchObject({ state: 'due', class: 'single', caseId: null, reader: READER });
    expect((digest?.parameters as DigestParameters).items.map(({ reference, kind }) => [reference, kind])).toEqual([
      ['CCM-A9-2032-0001', 'responder_answer'],
      ['CCM-A9-2032-0002', 'plan'],
    ]);
    for (const row of rows)
      expect(await mailRow(dataSource, row)).toMatchObject({ state: 'gathered', digestId: digest?.id, heldFor: null });
    expect(await dataSource.manager.countBy(MailEvent, { happening: 'gathered' })).toBe(3);
    expect([await stateOf(later), await stateOf(other)]).toEqual(['due', 'gathered']);
    expect(await digests.gather()).toBe(0);
  });

  it('go as soon as they are made, within the hours of their reader', async () => {
    await waiting('CCM-A9-2032-0001');
    await digests.gather();
    const batch = await new MailLedger(dataSource).claim(20);
    expect(batch.map(({ kind }) => kind)).toEqual(['digest']);
    expect((await new RulesGate(dataSource).holds(batch)).size).toBe(0);
  });

  it('are made once, however many mailers make them', async () => {
    for (let mail = 0; mail < 30; mail += 1)
      await waiting('CCM-A9-2032-0001', { recipient: `reader${mail % 3}@example.test`, sequence: String(mail) });
    const rounds = await Promise.all(Array.from({ length: 4 }, () => new Digests(dataSource, SENDER).gather()));
    expect(rounds.reduce((sum, digestsMade) => sum + digestsMade)).toBe(3);
    const items = (await made()).map(({ parameters }) => (parameters as DigestParameters).items.length);
    expect(items).toEqual([10, 10, 10]);
  });

  it('leave to the next one what was written just as one was made', async () => {
    await waiting('CCM-A9-2032-0001');
    await digests.gather();
    const late = await waiting('CCM-A9-2032-0002');
    expect(await digests.gather()).toBe(0);
    expect(await mailRow(dataSource, late)).toMatchObject({
      state: 'due',
      sendAfter: new Date(DUE.getTime() + 7 * 24 * HOUR),
    });
  });

  it('say fifty things at most, the newest, and count the others', async () => {
    for (let mail = 0; mail < 53; mail += 1)
      await waiting(`CCM-A9-2032-${String(mail).padStart(4, '0')}`, { sequence: String(mail) });
    await digests.gather();
    const [digest] = await made();
    const { items, more } = digest?.parameters as DigestParameters;
    expect([items.length, more]).toEqual([50, 3]);
    expect(messageOf(digest as Mail, SENDER).subject).toContain('53');
  });

  describe('carry an address that stops them', () => {
    const addressOf = async (): Promise<string> => {
      await digests.gather();
      const [digest] = await made();
      const headers = messageOf(digest as Mail, SENDER).headers as Record<string, string>;
      expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
      return (
        /^<(https:\/\/action48\.test\/unsubscribe\/[\w-]{43})>$/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? ''
      );
    };
    const tokenIn = (address: string): string => address.split('/').at(-1) ?? '';

    it('for mail programs and for people, of which only a hash is kept', async () => {
      await waiting('CCM-A9-2032-0001');
      const address = await addressOf();
      const [digest] = await made();
      const { text, html } = messageOf(digest as Mail, SENDER);
      for (const body of [text, html]) expect(body as string).toContain(address);
      const token = tokenIn(address);
      expect(await dataSource.manager.find(MailUnsubscribe)).toMatchObject([
        { tokenHash: hashOf(token), personId: actor('coordinator').personId, usedAt: null },
      ]);
      expect(JSON.stringify(await dataSource.query('SELECT * FROM mail'))).not.toContain(token);
    });

    it('and nothing else: mails that ask for something go on', async () => {
      await waiting('CCM-A9-2032-0001');
      const token = tokenIn(await addressOf());
      const informing = await waiting('CCM-A9-2032-0002', { sendAfter: new Date(NOW + HOUR), sequence: '2' });
      const single = await waiting('CCM-A9-2032-0002', { class: 'single', heldFor: 'hours', kind: 'reminder' });
      const unsubscribing = new Unsubscribing(dataSource);
      expect(await unsubscribing.standing(token)).toEqual({ stopped: false });
      expect([await unsubscribing.stop(token), await unsubscribing.stop(token)]).toEqual([true, true]);
      expect(await unsubscribing.standing(token)).toEqual({ stopped: true });
      const me = await dataSource.manager.findOneByOrFail(Person, { id: actor('coordinator').personId });
      expect(me.mailRhythm).toBe('off');
      expect(await mailRow(dataSource, informing)).toMatchObject({
        state: 'suppressed',
        response: 'the reader does not want digests',
      });
      expect((await made()).map(({ state, secret }) => [state, secret])).toEqual([['suppressed', null]]);
      expect(await mailRow(dataSource, single)).toMatchObject({ state: 'due', reader: { rhythm: 'off' } });
    });

    it('and no token that nobody was given stops anything', async () => {
      const unsubscribing = new Unsubscribing(dataSource);
      for (const token of ['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}'`]) {
        expect(await unsubscribing.standing(token)).toBeNull();
        expect(await unsubscribing.stop(token)).toBe(false);
      }
    });
  });

  it('tell each case once, with what happened several times, and nothing of its content', async () => {
    const parameters = { state: 'Bravia' } as MailParameters;
    for (const sequence of ['1', '2']) await waiting('CCM-A9-2032-0001', { sequence, parameters });
    await waiting('CCM-A9-2032-0001', { kind: 'plan' });
    await waiting('CCM-A9-2032-0002', { kind: 'dormant' });
    await digests.gather();
    const [digest] = await made();
    const { subject, ...message } = messageOf(digest as Mail, SENDER);
    const text = message.text as string;
    expect(subject).toBe('Action48: 4 things to know about your cases');
    expect(text).toContain(
      [
        'CCM-A9-2032-0001',
        'Stage: Circulated',
        '- a responder has answered (2)',
        '- the plan has been agreed',
        'https://action48.test/cases/CCM-A9-2032-0001',
      ].join('\n'),
    );
    expect(text.match(/CCM-A9-2032-0002\n/g)).toHaveLength(2);
    expect(text).not.toContain('Bravia');
  });
});
