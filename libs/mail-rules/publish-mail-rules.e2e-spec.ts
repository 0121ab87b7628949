import { DataSource } from 'typeorm';
import { AdminEvent } from '#libs/database/entities/admin-event.entity.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { civilDate, plusDays } from '#libs/domain/calendar/civil.js';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import type { MailPolicy } from '#libs/domain/mail/mail-policy.js';
import { createTestDatabase } from '../../test/support/database.js';
import { dueMail, mailRow } from '../../test/support/mail-rows.js';
import { idOf, seedPeople } from '../../test/support/people.js';
import { currentMailPolicy } from './current-mail-policy.js';
import { mailRuleVersions } from './mail-rule-versions.js';
import { publishMailRules } from './publish-mail-rules.js';

const LEAD = idOf('person:lead');
const ZONE = 'Africa/Lusaka';
/** Open at every hour of every day: only quiet days hold. */
const ALWAYS = {
  timezone: ZONE,
  own: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, from: '00:00', until: '24:00' },
};
const today = civilDate(Date.now(), ZONE);
const QUIET: MailPolicy = {
  ...DELIVERED_MAIL_POLICY,
  quietPeriods: [{ title: 'Now', from: today, until: plusDays(today, 3) }],
};
const NEVER_QUIET: MailPolicy = { ...DELIVERED_MAIL_POLICY, quietPeriods: [] };

describe('publishing rules of mail', () => {
  let dataSource: DataSource;
  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
    await seedPeople(dataSource);
  }, 60_000);
  afterAll(() => dataSource.destroy());

  const publish = (basedOn: number, policy: unknown, reason = 'Because.', who = LEAD) =>
    publishMailRules(dataSource, who, { basedOn, policy, reason });
  const waiting = (more: Partial<Mail>) =>
    dueMail(dataSource, { class: 'single', reader: ALWAYS, sendAfter: new Date(Date.now() + 5_000), ...more } as never);

  it('begins with those that the program brings, as version 1', async () => {
    const [only, ...others] = await mailRuleVersions(dataSource.manager);
    expect(only).toMatchObject({ version: 1, policy: DELIVERED_MAIL_POLICY, inForce: true, reason: null });
    expect(others).toEqual([]);
  });

  it('refuses what is wrong by its field, a missing reason, an old basis, and whoever may not', async () => {
    const wrong = { ...QUIET, limits: { perHour: 0, perDay: 1 } };
    await expect(publish(1, wrong)).rejects.toMatchObject({ problems: [{ field: 'limits.perHour' }] });
    await expect(publish(1, QUIET, ' ')).rejects.toMatchObject({ problems: [{ field: 'reason' }] });
    await expect(publish(7, QUIET)).rejects.toMatchObject({ name: 'StaleDraft', last: 1 });
    await expect(publish(1, QUIET, 'Because.', idOf('person:coordinator'))).rejects.toMatchObject({
      name: 'NotTheirs',
    });
    expect(await mailRuleVersions(dataSource.manager)).toHaveLength(1);
  });

  it('makes the next version, puts it on record, and moves what waits, but no retry and nothing urgent', async () => {
    const [single, urgent, retry] = [
      await waiting({}),
      await waiting({ class: 'urgent' }),
      await waiting({ heldFor: 'retry' }),
    ];
    expect(await publish(1, QUIET, 'A quiet week.')).toEqual({ version: 2, moved: 1 });
    expect(await currentMailPolicy(dataSource.manager)).toEqual(QUIET);
    const [event] = await dataSource.manager.findBy(AdminEvent, { action: 'mail_rules_published' });
    expect(event).toMatchObject({ actorId: LEAD, body: { version: 2, reason: 'A quiet week.', moved: 1 } });

    const moved = await mailRow(dataSource, single);
    expect(moved.heldFor).toBe('quiet');
    expect(civilDate(moved.sendAfter.getTime(), ZONE)).toBe(plusDays(today, 4));
    for (const row of [urgent, retry]) expect((await mailRow(dataSource, row)).sendAfter).toEqual(row.sendAfter);

    expect(await publish(2, NEVER_QUIET)).toEqual({ version: 3, moved: 1 });
    const back = await mailRow(dataSource, single);
    expect(back.heldFor).toBeNull();
    expect(back.sendAfter.getTime()).toBeLessThanOrEqual(Date.now());
    const versions = await mailRuleVersions(dataSource.manager);
    expect(versions.map(({ version, inForce }) => [version, inForce])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
  });

  it('takes one of two publications from the same basis', async () => {
    const results = await Promise.allSettled([publish(3, QUIET), publish(3, NEVER_QUIET)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
