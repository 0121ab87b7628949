import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/database/options.js';
import { createTestDatabase } from '../../test/support/database.js';
import { dueMail } from '../../test/support/mail-rows.js';
import { MailLedger } from './ledger.js';

jest.setTimeout(120_000);

const SENT = 10_000;
const DUE = 5_000;

describe('the ledger of a deployment that has sent ten thousand mails and owes five thousand', () => {
  let dataSource: DataSource;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    const { id } = await dueMail(dataSource);
    await dataSource.query(
      `INSERT INTO mail SELECT (m2).* FROM (
         SELECT jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'sequence', n, 'message_id', '<' || n || '@x>', 'state', 'sent',
           'claimed_at', now() - interval '1 day')) AS m2
         FROM mail m, generate_series(2, $2::int) n WHERE m.id = $1) made`,
      [id, SENT],
    );
    await dataSource.query(
      `UPDATE mail SET state = 'due', send_after = now() + interval '1 hour', class = CASE WHEN sequence::int % 3 = 0 THEN 'digest' ELSE 'single' END
       WHERE sequence::int > $1`,
      [SENT - DUE],
    );
    await dataSource.query('ANALYZE mail');
  });
  afterAll(() => dataSource.destroy());

  it('does not read them again to find what is due, or what another mailer left in hand', async () => {
    const plans: string[] = [];
    const explaining = Object.create(dataSource) as DataSource;
    explaining.query = async <T>(sql: string, values?: unknown[]): Promise<T> => {
      const lines = await dataSource.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${sql}`, values);
      plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
      return dataSource.query<T>(sql, values);
    };
    const ledger = new MailLedger(explaining);
    expect(await ledger.claim(20)).toHaveLength(1);
    await ledger.recover();
    expect(plans).toHaveLength(3);
    for (const plan of plans) expect(plan).not.toContain('Seq Scan on mail');
    // Along the index class by class, so that what is due first is found without looking at what is not.
    expect(plans[0]).toMatch(
      /Index Scan using mail_due_idx on mail[^]*Index Cond: \(\(class = wanted\.class\) AND \(send_after <= /,
    );
    expect(plans[0]).toContain('Limit');
  });

  it('takes up urgent mails before all that were due earlier', async () => {
    const due = (sequences: string[], kind: string, hours: number) =>
      dataSource.query(
        `UPDATE mail SET state = 'due', class = $2, send_after = now() - make_interval(hours => $3) WHERE sequence = ANY ($1)`,
        [sequences, kind, hours],
      );
    await due(['11', '12'], 'single', 3);
    await due(['13'], 'digest', 4);
    await due(['14', '15'], 'urgent', 1);
    const ledger = new MailLedger(dataSource);
    const taken = async (...given: Parameters<MailLedger['claim']>) =>
      (await ledger.claim(...given)).map(({ sequence }) => sequence);
    expect(await taken(1)).toHaveLength(1);
    expect(await taken(10, ['urgent'])).toHaveLength(1);
    expect(await taken(10, ['urgent'])).toEqual([]);
    expect((await taken(3)).slice(0, 1)).toEqual(['13']);
  });

  it('gives two mailers at once different mails, and neither more than it asked for', async () => {
    await dataSource.query(
      `UPDATE mail SET state = 'due', send_after = now() WHERE sequence IN ('2', '3', '4', '5', '6')`,
    );
    const ledger = new MailLedger(dataSource);
    const batches = await Promise.all([ledger.claim(2), ledger.claim(2)]);
    expect(batches.map(({ length }) => length)).toEqual([2, 2]);
    expect(new Set(batches.flat().map(({ id }) => id)).size).toBe(4);
  });

  it('does not try again what was suppressed while it was being sent', async () => {
    await dataSource.query(`UPDATE mail SET state = 'due', send_after = now() WHERE sequence = '7'`);
    const ledger = new MailLedger(dataSource);
    const mail = (await ledger.claim(20)).find(({ sequence }) => sequence === '7');
    if (!mail) throw new Error('the mail was not taken up');
    expect(await ledger.sending(mail)).toBe(true);
    await dataSource.query(`UPDATE mail SET state = 'suppressed' WHERE id = $1`, [mail.id]);
    await ledger.postpone(mail, 0, 'The server is busy.');
    const [{ state }] = await dataSource.query('SELECT state FROM mail WHERE id = $1', [mail.id]);
    expect(state).toBe('suppressed');
  });
});
