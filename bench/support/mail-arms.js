// The mailer and its peers: each sends what is due in a full ledger to the sink, and resolves when all of it is taken.
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { SMTP_CONNECTIONS } from '#libs/config/config.js';
import { MailComposer } from '#libs/mail/composer.js';
import { messageOf } from '#libs/mail/envelope.js';
import { MailLedger } from '#libs/mail/ledger.js';
import { RulesGate } from '#libs/mail/rules-gate.js';
import { smtpTransport } from '#libs/mail/transport.js';
import { Pump } from '../../dist/apps/mailer/src/pump.js';
import { inParallel } from './load.js';

export const SENDER = {
  mailFrom: 'Action48 <no-reply@action48.test>',
  publicUrl: 'https://action48.test',
  secretsKey: Buffer.alloc(32).toString('base64'),
};
/** A pool is kept busy by twice as many messages as it has connections. */
const AT_ONCE = 2 * SMTP_CONNECTIONS;
const CLAIM = `UPDATE mail SET state = 'claimed' WHERE id IN (
  SELECT id FROM mail WHERE state = 'due' AND send_after <= now() ORDER BY send_after LIMIT 100 FOR UPDATE SKIP LOCKED) RETURNING id`;

/** nodemailer with messages that were composed before, and nothing else. */
export async function raw({ messages, url }, pool = true) {
  const transport = createTransport({ url, pool, maxConnections: SMTP_CONNECTIONS });
  const since = performance.now();
  await inParallel(AT_ONCE, messages.length, (index) => transport.sendMail(messages[index]));
  const ms = performance.now() - since;
  transport.close();
  return ms;
}

/** The same, with a claim for every hundred, a mark before each and one after: what a ledger cannot do without. */
export async function marked({ messages, url, databaseUrl }) {
  const transport = createTransport({ url, pool: true, maxConnections: SMTP_CONNECTIONS });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: AT_ONCE });
  const byId = new Map(messages.map((message) => [message.headers['X-Action48-Ledger'], message]));
  const since = performance.now();
  for (let rows; (rows = (await pool.query(CLAIM)).rows).length;)
    await inParallel(AT_ONCE, rows.length, async (index) => {
      const { id } = rows[index];
      await pool.query(`UPDATE mail SET state = 'sending', attempts = attempts + 1 WHERE id = $1`, [id]);
      const { response } = await transport.sendMail(byId.get(id));
      await pool.query(`UPDATE mail SET state = 'sent', sent_at = now(), response = $2 WHERE id = $1`, [id, response]);
    });
  const ms = performance.now() - since;
  transport.close();
  await pool.end();
  return ms;
}

/** The mailer itself, with rules, composing and history. */
export function pumpOn({ dataSource, url }) {
  return new Pump(
    new MailLedger(dataSource),
    smtpTransport(url),
    new MailComposer(dataSource.manager, SENDER),
    new RulesGate(dataSource),
    (text) => process.stderr.write(`mailer     ${text}\n`),
  );
}

export async function pump({ ledger, ...place }) {
  const mailer = pumpOn(place);
  const since = performance.now();
  mailer.start();
  while (await ledger.unsent()) await sleep(50);
  const ms = performance.now() - since;
  await mailer.stop();
  return ms;
}

export const composed = (rows) => rows.map((row) => messageOf(row, SENDER));
