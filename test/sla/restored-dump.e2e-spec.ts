import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { createTestDatabase } from '../support/database.js';
import { Deployment } from '../support/deployment.js';
import { dueMail, mailRow } from '../support/mail-rows.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { until } from '../support/until.js';

jest.setTimeout(180_000);

/** A copy of a database under another name, as a restored dump is; nobody may be connected to the original. */
async function restored(url: string): Promise<string> {
  const copy = new URL(url);
  copy.pathname += '_restored';
  const admin = new Client(process.env['TEST_DATABASE_URL']);
  await admin.connect();
  const name = (of: URL) => of.pathname.slice(1);
  await admin.query(`CREATE DATABASE ${name(copy)} TEMPLATE ${name(new URL(url))}`);
  await admin.end();
  return copy.toString();
}

describe('a production database that is restored elsewhere', () => {
  let server: SmtpSink;
  let deployment: Deployment;
  const rows: Mail[] = [];
  beforeAll(async () => {
    server = await SmtpSink.start();
    const databaseUrl = await createTestDatabase();
    // An address that reaches the server and is not one of this machine's names, as a real server's is not.
    const smtpUrl = `smtp://127.1:${server.port}`;
    const temporalAddress = '127.0.0.1:9';
    const original = await Deployment.on({ databaseUrl, temporalAddress, smtpUrl });
    for (const delivery of ['reminder', 'notice'] as const) rows.push(await dueMail(original.dataSource, { delivery }));
    await original.stop();
    deployment = await Deployment.on({ databaseUrl: await restored(databaseUrl), temporalAddress, smtpUrl });
  });
  afterAll(async () => {
    await deployment.stop();
    await server.stop();
  });
  const states = async () =>
    (await Promise.all(rows.map((row) => mailRow(deployment.dataSource, row)))).map(({ state }) => state);

  it('E14: sends none of the mail that was due in it, and the ledger says why', async () => {
    const mailer = await deployment.start('mailer', '', { DEPLOYMENT: 'trial' });
    await until('nothing is due', async () => !(await states()).includes('due'));
    expect(await mailer.stop()).toBe('code 0');
    expect(await states()).toEqual(['suppressed', 'suppressed']);
    for (const row of rows) {
      const { response, attempts } = await mailRow(deployment.dataSource, row);
      expect(attempts).toBe(0);
      expect(response).toMatch(/outside production mail goes only to a sink.*MAIL_SINK/);
    }
    expect(mailer.output).toContain('mail is held back');
    expect(server.connections).toBe(0);
  });

  it.each([
    ['whoever runs it says that its mail server is a sink', { DEPLOYMENT: 'trial', MAIL_SINK: 'yes' }],
    ['it is put into production', { DEPLOYMENT: 'production', SECRETS_KEY: randomBytes(32).toString('base64') }],
  ])('sends what falls due after %s', async (_, settings) => {
    const row = await dueMail(deployment.dataSource);
    const mailer = await deployment.start('mailer', '', settings);
    await until('it is sent', async () => (await mailRow(deployment.dataSource, row)).state === 'sent');
    expect(await mailer.stop()).toBe('code 0');
    expect(server.to(row.recipient)).toHaveLength(1);
    for (const kept of rows) expect(server.to(kept.recipient)).toHaveLength(0);
  });
});
