import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import { createTestDatabase } from '../support/database.js';
import { Deployment } from '../support/deployment.js';
import { whyNot } from '../support/mail-hours.js';
import { longAgo } from '../support/mail-rows.js';
import { arrivedIn, mostWithin, readLedger, tooManyDigests, wrongDigests } from '../support/month-ledger.js';
import type { LedgerRow } from '../support/month-ledger.js';
import { MonthOfCases } from '../support/month-of-cases.js';
import { seedColleagues } from '../support/month-people.js';
import { ScriptedSmtp } from '../support/scripted-smtp.js';
import type { Logged } from '../support/scripted-smtp.js';
import { seeded } from '../support/seeded.js';
import { until } from '../support/until.js';

jest.setTimeout(1_200_000);

const SEED = Number(process.env['MONTH_SEED'] ?? Date.now() % 1_000_000);
const [CASES, KILLS, DAYS, MORE_DAYS] = [200, 50, 31, 12];
const [HOUR, DAY, STEP] = [3_600_000, 86_400_000, 4 * 3_600_000];
/** Starting a mailer may take long on a busy machine. */
const PATIENCE_MS = 300_000;
const CRASH_POINTS = ['mail.after_claim', 'mail.before_data', 'mail.after_250_before_mark', 'mail.after_mark'];
/** Twenty minutes past an hour: no step lasts until anybody's office opens or closes. */
const START = Math.ceil(Date.now() / HOUR) * HOUR + HOUR / 3;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const QUIET = [{ title: 'Meeting', from: dateOf(START + 10 * DAY), until: dateOf(START + 12 * DAY) }];
/** The rules of mail as they come, save for quiet days of this very month, and limits that so many cases reach. */
const LIMITS = { perHour: 10, perDay: 15 };
const POLICY = { ...DELIVERED_MAIL_POLICY, quietPeriods: QUIET, limits: LIMITS };

describe(`a month of ${CASES} cases with the mailer killed ${KILLS} times (MONTH_SEED=${SEED})`, () => {
  const random = seeded(SEED);
  let deployment: Deployment;
  let server: ScriptedSmtp;
  let month: MonthOfCases;
  let offsetMs = 0;
  let kills = 0;
  let killsDue = 0;
  let isWaitedFor = false;
  let over = false;
  let ledger: LedgerRow[] = [];
  let log: Logged[] = [];
  const endings: string[] = [];

  beforeAll(async () => {
    server = await new ScriptedSmtp(join(mkdtempSync(join(tmpdir(), 'action48-month-')), 'sink.log')).start();
    server.clock = () => Date.now() + offsetMs;
    server.script = (step) => (step === 'rcpt' && random() < 0.03 ? 450 : 'accept');
    deployment = await Deployment.on({
      databaseUrl: await createTestDatabase(),
      temporalAddress: '127.0.0.1:9',
      smtpUrl: server.url,
    });
    await seedColleagues(deployment.dataSource);
    await deployment.rows(
      `INSERT INTO mail_policy_version (version, policy, reason, published_at)
       SELECT coalesce(max(version), 0) + 1, $1, 'test', now() FROM mail_policy_version`,
      POLICY,
    );
    const openings = Array.from({ length: CASES }, () => START + Math.floor(random() * 20 * DAY));
    month = MonthOfCases.of(deployment.dataSource, openings);
  });
  afterAll(async () => {
    await deployment.stop();
    await server.stop();
  });

  /** The clock goes on while nobody has a mail in hand, so that it is known when each was sent. */
  const goTo = async (at: number) => {
    await until('nothing is in hand', () =>
      deployment.dataSource.transaction(async (manager) => {
        await manager.query('LOCK TABLE mail IN EXCLUSIVE MODE');
        const [{ busy }] = await manager.query(
          `SELECT EXISTS (SELECT FROM mail WHERE state IN ('claimed', 'sending') AND claimed_at > now() - interval '10 minutes') AS busy`,
        );
        if (busy) return false;
        offsetMs = Math.round(at - Date.now());
        await manager.query(
          `INSERT INTO deployment (name, value) VALUES ('clock_offset_ms', to_jsonb($1::bigint))
           ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
          [offsetMs],
        );
        return true;
      }),
    );
  };

  /**
   * One mailer after the other, each to die with mails in hand: the first of two at a named point as soon as it comes by
   * there, the second at any instant some steps later. Nobody dies for want of mail, unless the month waits for it.
   */
  const killing = async () => {
    while (kills < KILLS && !over) {
      const point = kills % 2 ? '' : (CRASH_POINTS[Math.floor(random() * CRASH_POINTS.length)] ?? '');
      const mailer = await deployment.start('mailer', point);
      while (mailer.isRunning && !point && kills >= killsDue && !over) await sleep(20);
      const seen = server.read;
      for (let idle = 0; mailer.isRunning && server.read === seen && idle < 5_000; idle += isWaitedFor ? 20 : 0)
        await sleep(20);
      if (mailer.isRunning) await sleep(random() * (point ? 500 : 100));
      if (mailer.isRunning) await mailer.kill();
      endings.push(`${point || 'any instant'}: ${await mailer.ended}`);
      kills += 1;
      await longAgo(deployment.dataSource);
    }
  };

  /** Whoever is alive has sent, gathered or held what is due by now. */
  const duesGo = () => {
    const by = new Date(Date.now() + offsetMs);
    return until(
      'what is due has gone',
      async () => !(await deployment.count(`SELECT FROM mail WHERE state = 'due' AND send_after <= $1`, by)),
      PATIENCE_MS,
    );
  };

  it('is lived through', async () => {
    const killer = killing();
    const steps = Math.ceil((DAYS * DAY) / STEP);
    for (let step = 0; step <= steps; step += 1) {
      const at = START + step * STEP;
      await goTo(at);
      await month.passTo(at);
      killsDue = Math.floor((KILLS * step) / steps);
      isWaitedFor = true;
      await until('the mailer was killed as often as is due', () => kills >= killsDue - 2, PATIENCE_MS);
      isWaitedFor = step === steps;
      if (step < steps) await duesGo();
    }
    await killer;
    expect(endings.every((ending) => ending.endsWith('SIGKILL'))).toBe(true);
    await longAgo(deployment.dataSource);
    const mailer = await deployment.start('mailer');
    for (let step = 1; step <= (MORE_DAYS * DAY) / STEP; step += 1) {
      await goTo(START + (steps + step) * STEP);
      await duesGo();
    }
    expect(await mailer.stop()).toBe('code 0');
    over = true;
    [ledger, log] = [await readLedger(deployment), server.log()];
  });

  it('brings no reminder twice, and a notice again only under its Message-ID and after an outcome that nobody knew', () => {
    const byId = new Map(ledger.map((row) => [row.id, row]));
    const copies = new Map<string, number>();
    for (const { key, messageId, answer } of log) {
      expect([key, byId.get(key)?.message_id]).toEqual([key, messageId]);
      if (answer === null || answer < 400) copies.set(key, (copies.get(key) ?? 0) + 1);
    }
    expect(copies.size).toBeGreaterThan(CASES);
    const tooMany = [...copies].filter(([key, count]) => {
      const { delivery, uncertain = 0 } = byId.get(key) ?? {};
      return count > (delivery === 'notice' ? 1 + uncertain : 1);
    });
    expect(tooMany).toEqual([]);
  });

  it('leaves nothing owed unsent: each has arrived, by itself or in a digest, or the ledger says why not', () => {
    const arrived = arrivedIn(log);
    const open = ledger.filter(({ id, state, response, uncertain }) => {
      if (state === 'sent') return !arrived.has(id);
      if (state === 'suppressed') return !response || (arrived.has(id) && !uncertain);
      if (state === 'unknown') return !uncertain;
      return state !== 'gathered';
    });
    expect(open).toEqual([]);
    const unknown = ledger.filter(({ state }) => state === 'unknown');
    expect(unknown.length).toBeLessThan(ledger.length / 10);
    expect(unknown.filter(({ delivery }) => delivery === 'notice')).toEqual([]);
  });

  it('brings what was gathered in exactly one digest, which says nothing else, and nobody gets two in a week', () => {
    expect(ledger.filter(({ kind }) => kind === 'digest').length).toBeGreaterThan(20);
    expect(wrongDigests(ledger, log)).toEqual([]);
    expect(tooManyDigests(ledger, log)).toEqual([]);
  });

  it('brings nothing outside the hours of its reader, or on quiet days, except urgent mails', () => {
    const byId = new Map(ledger.map((row) => [row.id, row]));
    const wrong = log.flatMap(({ key, at }) => {
      const row = byId.get(key);
      const why = row && row.class !== 'urgent' ? whyNot(row.reader, QUIET, at) : null;
      return why ? [`${key} at ${new Date(at).toISOString()}: ${why}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('brings nobody more in an hour or a day than the rules allow, and some have to wait for that', async () => {
    const [hour, day] = [mostWithin(ledger, log, HOUR), mostWithin(ledger, log, DAY)];
    expect(hour).toBeLessThanOrEqual(LIMITS.perHour);
    expect(day).toBeLessThanOrEqual(LIMITS.perDay);
    expect(
      await deployment.count(`SELECT FROM mail_event WHERE happening = 'held' AND detail = 'limit'`),
    ).toBeGreaterThan(0);
  });
});
