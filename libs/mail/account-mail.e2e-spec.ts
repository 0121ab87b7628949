import { DataSource } from 'typeorm';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { Unreadable } from '#libs/secrets/secret-box.js';
import { createTestDatabase } from '../../test/support/database.js';
import { queueAccountMail } from './account-mail.js';
import type { AccountMail } from './account-mail.js';
import { messageOf, TooLate } from './envelope.js';
import { MailLedger } from './ledger.js';

const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32, 'k').toString('base64'),
};
const CODE = '7QK2-M0XD';
const TO = { email: ' Ana@Example.test', name: 'Ana', language: 'es', timezone: 'America/Lima' };

describe('a mail about an account', () => {
  let dataSource: DataSource;
  let ledger: MailLedger;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    ledger = new MailLedger(dataSource);
  }, 60_000);
  afterEach(async () => {
    for (const table of ['mail_event', 'mail']) await dataSource.query(`DELETE FROM ${table}`);
  });
  afterAll(() => dataSource.destroy());

  const queue = (changes: Partial<AccountMail> = {}): Promise<void> =>
    queueAccountMail(
      dataSource.manager,
      { kind: 'password_reset', to: TO, parameters: { path: '/forgotten/code' }, secret: CODE, ...changes },
      SENDER,
    );
  const claimed = async (): Promise<Mail> => (await ledger.claim(1))[0] as Mail;
  const dump = async () => JSON.stringify(await dataSource.query('SELECT * FROM mail'));

  it('goes to its recipient at once, in their language, with the code and until when it holds', async () => {
    const soon = new Date(Date.now() + 600_000).toISOString();
    await queue({ parameters: { path: '/forgotten/code', validUntil: soon } });
    const { to, subject, text, html } = messageOf(await claimed(), SENDER);
    expect([to, subject]).toEqual([
      { address: 'ana@example.test', name: 'Ana' },
      'Action48: su código para una nueva contraseña',
    ]);
    for (const part of [text, html])
      for (const said of [CODE, 'Válido hasta', 'Lima', 'https://action48.test/forgotten/code'])
        expect(part).toContain(said);
  });

  it('keeps its secret sealed in the ledger while it waits, and not at all afterwards', async () => {
    await queue();
    expect(await dump()).not.toContain(CODE);
    const row = await claimed();
    expect(row.secret).not.toBeNull();
    expect(() => messageOf(row, { ...SENDER, secretsKey: Buffer.alloc(32).toString('base64') })).toThrow(Unreadable);
    await ledger.sending(row);
    await ledger.sent(row, '250 taken');
    expect(await dataSource.query('SELECT state, secret FROM mail')).toEqual([{ state: 'sent', secret: null }]);
  });

  it('keeps no secret either when it is given up, refused or withheld', async () => {
    for (const [end, state] of [
      [(row: Mail) => ledger.failed(row, '550 no such box'), 'failed'],
      [(row: Mail) => ledger.unknown(row, 'silence'), 'unknown'],
      [(row: Mail) => ledger.suppressed(row, 'no mail here'), 'suppressed'],
    ] as const) {
      await queue();
      const row = await claimed();
      await end(row);
      expect(await dataSource.query('SELECT secret FROM mail WHERE id = $1 AND state = $2', [row.id, state])).toEqual([
        { secret: null },
      ]);
    }
  });

  it('is not sent once what it offers is over', async () => {
    await queue({ parameters: { path: '/forgotten/code', validUntil: '2026-01-01T00:00:00.000Z' } });
    const row = await claimed();
    expect(() => messageOf(row, SENDER)).toThrow(TooLate);
  });

  it('may have its secret in the link, and goes once for one thing and again for another', async () => {
    const invitation = {
      kind: 'account_invitation' as const,
      parameters: { path: '/join/{secret}', values: { inviter: 'Bo', roles: 'coordinator' } },
      secret: 'token/1',
    };
    await queue({ ...invitation, sequence: 'one' });
    await queue({ ...invitation, sequence: 'one' });
    await queue({ ...invitation, sequence: 'two' });
    expect(await dataSource.query('SELECT sequence FROM mail ORDER BY sequence')).toEqual([
      { sequence: 'one' },
      { sequence: 'two' },
    ]);
    const { text } = messageOf(await claimed(), SENDER);
    expect(text).toContain('https://action48.test/join/token%2F1\n');
    expect(text).toContain('Bo');
  });
});
