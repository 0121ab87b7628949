import { DataSource } from 'typeorm';
import { CaseStore } from '#libs/case-store/case-store.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { MailPolicyVersionRow } from '#libs/database/entities/mail-policy-version.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { seedDemoCases } from '#libs/demo/seed-cases.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import { sendTime } from '#libs/domain/mail/send-time.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import { createTestDatabase } from '../../test/support/database.js';
import { forecastMails } from './mail-forecast.js';

const DAY_MS = 86_400_000;

/** Every stage and side state: the cases of the demonstration, some of them late. */
describe('who would get which mail when', () => {
  let dataSource: DataSource;
  let now = 0;
  beforeEach(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    await seedDemoCases(dataSource, () => undefined);
    await dataSource.manager.insert(MailPolicyVersionRow, {
      version: 2,
      policy: { ...DELIVERED_MAIL_POLICY, limits: { perHour: 10_000, perDay: 10_000 } },
      reason: 'No limit is reached.',
      publishedBy: null,
      publishedAt: new Date(),
    });
    now = Date.now();
  }, 120_000);
  afterEach(() => dataSource.destroy());

  /** Nobody acts: every case is woken at the instants at which something falls due. */
  const passTo = async (at: number): Promise<void> => {
    const store = new CaseStore(dataSource);
    for (const { id } of await dataSource.manager.find(AssistanceCase, { order: { id: 'ASC' } }))
      for (;;) {
        const { nextWakeAt } = await dataSource.manager.findOneByOrFail(AssistanceCase, { id });
        if (!nextWakeAt || nextWakeAt.getTime() > at) break;
        const wake = Math.max(now, nextWakeAt.getTime());
        // The mailer has sent by then what may go.
        await dataSource.query(
          `UPDATE mail SET state = 'sent', response = 'in the test' WHERE case_id = $1 AND state = 'due' AND send_after <= $2`,
          [id, new Date(wake)],
        );
        await store.wake(id, wake);
      }
  };
  const line = (reference: string | null, at: string, row: Pick<Mail, 'kind' | 'recipient' | 'sequence' | 'cause'>) =>
    [at, reference, row.kind, row.recipient, row.sequence, row.cause].join(' ');
  /** What the ledger holds, with when the mailer would let it go; no limit is reached. */
  const ledger = async (until: number): Promise<string[]> => {
    const policy = await currentMailPolicy(dataSource.manager);
    const rows = await dataSource.manager.findBy(Mail, [{ state: 'due' }, { state: 'sent', response: 'in the test' }]);
    return rows
      .map((row) => {
        const from = Math.max(now, row.sendAfter.getTime());
        return { row, at: row.reader ? sendTime(row.class, row.reader, policy, from).at : from };
      })
      .filter(({ at }) => at <= until)
      .map(({ row, at }) =>
        line('reference' in row.parameters ? row.parameters.reference : null, new Date(at).toISOString(), row),
      )
      .sort();
  };
  const foretold = async (days: number): Promise<string[]> =>
    (await forecastMails(dataSource, { days, from: now })).items
      .map((item) => line(item.reference, item.at, item))
      .sort();

  it.each([14, 90])(
    'is what the ledger gets when %i days pass and nobody acts',
    async (days) => {
      // Somebody is away for some of the time, and another answers for them.
      await dataSource.query(
        `UPDATE person SET on_leave_from = $1, on_leave_until = $2,
           delegate_id = (SELECT id FROM person WHERE email = 'coordinator2@demo.action48.test')
         WHERE email = 'coordinator@demo.action48.test'`,
        [day(now + 3 * DAY_MS), day(now + 9 * DAY_MS)],
      );
      const foreseen = await foretold(days);
      await passTo(now + days * DAY_MS);
      const owed = await ledger(now + days * DAY_MS);
      expect(owed.length).toBeGreaterThan(20);
      expect(foreseen).toEqual(owed);
    },
    120_000,
  );

  it('knows what waits already, and from when on it will be owed', async () => {
    const { items } = await forecastMails(dataSource, { days: 90, from: now });
    const owed = (wanted: string) => items.filter(({ standing }) => standing === wanted).map(({ owedAt }) => owedAt);
    expect(owed('waiting').length).toBeGreaterThan(0);
    expect(new Set(owed('waiting'))).toEqual(new Set([null]));
    expect(owed('foreseen').every((at) => Date.parse(at ?? '') >= now)).toBe(true);
  });

  it('holds what is more than one recipient may get', async () => {
    const limits = { perHour: 1, perDay: 2 };
    await dataSource.query(
      `UPDATE mail_policy_version SET policy = policy || jsonb_build_object('limits', $1::jsonb)`,
      [JSON.stringify(limits)],
    );
    const { items } = await forecastMails(dataSource, { days: 14, from: now });
    const counts = new Map<string, number>();
    for (const { recipient, at, class: urgency, heldFor } of items) {
      if (urgency === 'urgent' || heldFor === 'digest') continue;
      const hour = `${recipient} ${at.slice(0, 13)}`;
      counts.set(hour, (counts.get(hour) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(2);
    expect(items.some(({ heldFor }) => heldFor === 'limit')).toBe(true);
  });

  it('writes nothing', async () => {
    const counts = async () => {
      const tables = await dataSource.query<{ name: string }[]>(
        `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
      );
      const rows: Record<string, unknown> = {};
      for (const { name } of tables)
        [rows[name]] = await dataSource.query(
          `SELECT count(*)::int AS rows, coalesce(max(xmin::text::bigint), 0) AS latest FROM "${name}"`,
        );
      return rows;
    };
    const before = await counts();
    await forecastMails(dataSource, { days: 90 });
    expect(await counts()).toEqual(before);
  });

  it('is asked for one case alone, and only so far ahead', async () => {
    const all = (await forecastMails(dataSource, { days: 90, from: now })).items;
    const reference = all.find(({ standing }) => standing === 'foreseen')?.reference ?? '';
    const one = (await forecastMails(dataSource, { days: 90, from: now, reference })).items;
    expect(one).toEqual(all.filter((item) => item.reference === reference));
    const week = (await forecastMails(dataSource, { days: 7, from: now })).items;
    expect(week).toEqual(all.filter(({ at }) => Date.parse(at) <= now + 7 * DAY_MS));
  });
});

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
