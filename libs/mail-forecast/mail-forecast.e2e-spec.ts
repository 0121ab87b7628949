import { DataSource } from 'typeorm';
import { CaseStore } from '#libs/case-store/case-store.js';
import { DIGEST_KIND } from '#libs/contracts/mail.js';
import { MAIL_SEQUENCES_EVERY } from '#libs/contracts/mail-sequences-workflow.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { MailPolicyVersionRow } from '#libs/database/entities/mail-policy-version.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { seedDemoCases } from '#libs/demo/seed-cases.js';
import { seedDemoPeople } from '#libs/reference-data/seed-people.js';
import { seedReferenceData } from '#libs/reference-data/seed-reference.js';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import { digestTime, sendTime } from '#libs/domain/mail/send-time.js';
import { Digests } from '#libs/mail/digests.js';
import { currentMailPolicy } from '#libs/mail-rules/current-mail-policy.js';
import { MailSequences } from '#libs/mail-sequences/mail-sequences.js';
import { createTestDatabase } from '../../test/support/database.js';
import { seedResting } from '../../test/support/resting.js';
import { asTheyGo } from './as-they-go.js';
import type { ExpectedMail } from './known-mail.js';
import { forecastMails } from './mail-forecast.js';

const DAY_MS = 86_400_000;
const SETTINGS = { mailFrom: 'no-reply@action48.test', secretsKey: Buffer.alloc(32, 'k').toString('base64') };

/** Every stage and side state: the cases of the demonstration, some of them late. */
describe('who would get which mail when', () => {
  let dataSource: DataSource;
  let now = 0;
  beforeEach(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedReferenceData(dataSource);
    await seedDemoPeople(dataSource);
    await seedDemoCases(dataSource, () => undefined);
    now = Date.now();
    await dataSource.manager.insert(MailPolicyVersionRow, {
      version: 2,
      policy: {
        ...DELIVERED_MAIL_POLICY,
        limits: { perHour: 10_000, perDay: 10_000 },
        // Some reminders of drafts meet in it, and an offer ends within it.
        quietPeriods: [{ title: 'Days of the test', from: day(now + 17 * DAY_MS), until: day(now + 24 * DAY_MS) }],
        drafts: { idleDays: [14, 28, 32] },
        offers: { daysBefore: [60, 30, 7, 1] },
      },
      reason: 'No limit is reached.',
      publishedBy: null,
      publishedAt: new Date(),
    });
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
    await looksTo(at);
    await digestsTo(at);
  };
  /** The schedule looks at drafts and offers each hour. */
  const looksTo = async (until: number): Promise<void> => {
    const sequences = new MailSequences(dataSource, SETTINGS);
    const { everyMs, offsetMs } = MAIL_SEQUENCES_EVERY;
    const first = Math.ceil((now - offsetMs) / everyMs) * everyMs + offsetMs;
    for (let at = first; at <= until; at += everyMs) {
      await dataSource.query(
        `UPDATE mail SET state = 'sent', response = 'in the test' WHERE case_id IS NULL AND state = 'due' AND send_after <= $1`,
        [new Date(at)],
      );
      await sequences.run(at);
    }
  };
  /** The mailer gathers what is due; what has not been called off until then. */
  const digestsTo = async (until: number): Promise<void> => {
    await dataSource.query(
      `UPDATE mail SET state = 'due' WHERE response = 'in the test' AND class = 'digest' AND held_for = 'digest'`,
    );
    const times = await dataSource.query<{ at: Date }[]>(
      `SELECT DISTINCT send_after AS at FROM mail WHERE state = 'due' AND held_for = 'digest' AND send_after <= $1 ORDER BY 1`,
      [new Date(until)],
    );
    for (const { at } of times) await new Digests(dataSource, SETTINGS).gather(Math.max(now, at.getTime()));
  };
  const rest = async (): Promise<void> => {
    const { manager } = dataSource;
    await seedResting(dataSource, now, { idle: [40, 13.2, 10.5], ending: [62, 20, 5] });
    const policy = await currentMailPolicy(manager);
    for (const { id, reader } of await manager.findBy(Mail, {
      state: 'due',
      recipient: 'coordinator@demo.action48.test',
    }))
      await manager.update(Mail, id, {
        ...{ class: 'digest', heldFor: 'digest' },
        sendAfter: new Date(digestTime(reader ?? { timezone: 'Europe/Zurich' }, policy, now)),
      });
  };
  const line = (
    { kind, recipient, sequence, cause }: Pick<Mail, 'kind' | 'recipient' | 'sequence' | 'cause'>,
    more: { at: string; reference: string | null; gathered: number },
  ) => [more.at, more.reference, kind, recipient, sequence, cause, `with ${more.gathered} others`].join(' ');
  /** What the ledger holds, with when the mailer would let it go; no limit is reached. */
  const ledger = async (until: number): Promise<string[]> => {
    const policy = await currentMailPolicy(dataSource.manager);
    const states = [{ state: 'due' }, { state: 'gathered' }, { state: 'sent', response: 'in the test' }] as const;
    const rows = await dataSource.manager.findBy(Mail, [...states]);
    const goes = ({ class: urgency, reader, sendAfter }: Mail): number => {
      const from = Math.max(now, sendAfter.getTime());
      return reader ? sendTime(urgency, reader, policy, from).at : from;
    };
    return rows
      .filter(({ kind }) => kind !== DIGEST_KIND)
      .map((row) => {
        const digest = rows.find(({ id }) => id === row.digestId);
        const gathered = digest ? rows.filter(({ digestId }) => digestId === digest.id).length - 1 : 0;
        return { row, at: goes(digest ?? row), gathered };
      })
      .filter(({ at }) => at <= until)
      .map(({ row, at, gathered }) => {
        const reference = row.caseId && 'reference' in row.parameters ? row.parameters.reference : null;
        return line(row, { at: new Date(at).toISOString(), reference, gathered });
      })
      .sort();
  };
  const foretold = async (days: number): Promise<string[]> => {
    const { items } = await forecastMails(dataSource, { days, from: now });
    return asTheyGo(items)
      .flatMap(({ mails }) => mails.map((item) => line(item, { ...item, gathered: mails.length - 1 })))
      .sort();
  };

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
      await rest();
      const foreseen = await foretold(days);
      await passTo(now + days * DAY_MS);
      const owed = await ledger(now + days * DAY_MS);
      expect(owed.length).toBeGreaterThan(20);
      expect(foreseen).toEqual(owed);
      for (const part of [/draft_idle/, /offer_renewal/, /with [1-9]\d* others/])
        expect(owed).toContainEqual(expect.stringMatching(part));
    },
    300_000,
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
    const single = items.filter(({ class: urgency }) => urgency !== 'urgent');
    for (const { first } of asTheyGo(single)) {
      const { recipient, at } = first;
      const hour = `${recipient} ${at.slice(0, 13)}`;
      counts.set(hour, (counts.get(hour) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(2);
    expect(items.some(({ heldFor }) => heldFor === 'limit')).toBe(true);
  });

  it('keeps together what a digest that waits has gathered', async () => {
    await rest();
    await dataSource.query(
      `UPDATE mail SET class = 'digest', held_for = 'digest', send_after = $1
       WHERE recipient = 'coordinator@demo.action48.test' AND state = 'due'`,
      [new Date(now - DAY_MS)],
    );
    const before = (await forecastMails(dataSource, { days: 14, from: now })).items;
    await new Digests(dataSource, SETTINGS).gather(now);
    const after = (await forecastMails(dataSource, { days: 14, from: now })).items;
    const [digest] = asTheyGo(after).filter(({ first }) => first.standing === 'waiting' && first.digest);
    expect(digest?.mails.length).toBeGreaterThan(1);
    expect(after).toEqual(before);
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
    // Digests are counted within a forecast.
    const uncounted = (mails: ExpectedMail[]) => mails.map(({ digest, ...mail }) => ({ ...mail, digest: digest?.at }));
    expect(uncounted(one)).toEqual(uncounted(all.filter((item) => item.reference === reference)));
    const week = (await forecastMails(dataSource, { days: 7, from: now })).items;
    expect(week).toEqual(all.filter(({ at }) => Date.parse(at) <= now + 7 * DAY_MS));
  });
});

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
