import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DELIVERED_MAIL_POLICY } from '#libs/domain/mail/mail-policy.js';
import { createTestDatabase } from '../support/database.js';
import { Deployment } from '../support/deployment.js';
import { whyNot } from '../support/mail-hours.js';
import { longAgo } from '../support/mail-rows.js';
import { MonthOfCases } from '../support/month-of-cases.js';
import { ScriptedSmtp } from '../support/scripted-smtp.js';
import { seeded } from '../support/seeded.js';
import { until } from '../support/until.js';

jest.setTimeout(900_000);

const SEED = Number(process.env['MONTH_SEED'] ?? Date.now() % 1_000_000);
const [CASES, KILLS, DAYS, MORE_DAYS] = [200, 50, 31, 7];
const [HOUR, DAY, STEP] = [3_600_000, 86_400_000, 3 * 3_600_000];
/** Starting a mailer may take long on a busy machine. */
const PATIENCE_MS = 300_000;
const CRASH_POINTS = ['mail.after_claim', 'mail.before_data', 'mail.after_250_before_mark', 'mail.after_mark'];
/** Twenty minutes past an hour: no step lasts until anybody's office opens or closes. */
const START = Math.ceil(Date.now() / HOUR) * HOUR + HOUR / 3;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const QUIET = [{ title: 'Meeting', from: dateOf(START + 10 * DAY), until: dateOf(START + 12 * DAY) }];

interface LedgerRow {
  id: string;
  state: string;
  delivery: 'reminder' | 'notice';
  class: string;
  reader: Parameters<typeof whyNot>[0];
  message_id: string;
  response: string | null;
  attempts: number;
  uncertain: number;
}

describe(`a month of ${CASES} cases with the mailer killed ${KILLS} times (MONTH_SEED=${SEED})`, () => {
  const random = seeded(SEED);
  let deployment: Deployment;
  let server: ScriptedSmtp;
  let month: MonthOfCases;
  let offsetMs = 0;
  let kills = 0;
  let over = false;
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
    // Everything by itself, and as many as there are: what is looked at is whether it comes, once, and when.
    const policy = {
      ...DELIVERED_MAIL_POLICY,
      quietPeriods: QUIET,
      digest: { ...DELIVERED_MAIL_POLICY.digest, rhythm: 'single' },
      limits: { perHour: 10_000, perDay: 10_000 },
    };
    await deployment.rows(
      `INSERT INTO mail_policy_version (version, policy, reason, published_at)
       SELECT coalesce(max(version), 0) + 1, $1, 'test', now() FROM mail_policy_version`,
      policy,
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

  /** One mailer after the other, each to die: at a named point when it comes by there, or at any instant. */
  const killing = async () => {
    while (kills < KILLS && !over) {
      const point = random() < 0.5 ? (CRASH_POINTS[Math.floor(random() * CRASH_POINTS.length)] ?? '') : '';
      const seen = server.read;
      const mailer = await deployment.start('mailer', point);
      const comesBy = Date.now() + 5_000;
      while (mailer.isRunning && Date.now() < comesBy && server.read === seen) await sleep(20);
      if (mailer.isRunning) await sleep(random() * (point ? 500 : 100));
      if (mailer.isRunning) await mailer.kill();
      endings.push(`${point || 'any instant'}: ${await mailer.ended}`);
      kills += 1;
      await longAgo(deployment.dataSource);
    }
  };

  const rows = () =>
    deployment.rows<LedgerRow>(
      `SELECT id, state, delivery, class, reader, message_id, response, attempts,
         (SELECT count(*)::int FROM mail_event WHERE mail_id = mail.id AND happening = 'unknown') AS uncertain FROM mail`,
    );

  it('is lived through', async () => {
    const killer = killing();
    const steps = Math.ceil((DAYS * DAY) / STEP);
    for (let step = 0; step <= steps; step += 1) {
      const at = START + step * STEP;
      await goTo(at);
      await month.passTo(at);
      const killsDue = Math.floor((KILLS * step) / steps);
      await until('the mailer was killed as often as is due', () => kills >= killsDue, PATIENCE_MS);
    }
    await killer;
    expect(endings.every((ending) => ending.endsWith('SIGKILL'))).toBe(true);
    await longAgo(deployment.dataSource);
    const mailer = await deployment.start('mailer');
    for (let step = 1; step <= (MORE_DAYS * DAY) / STEP; step += 1) {
      await goTo(START + (steps + step) * STEP);
      await until('what is due has gone', async () => {
        const now = `now() + interval '1 ms' * $1`;
        const due = `state = 'due' AND send_after <= ${now} - interval '2 s'`;
        return !(await deployment.count(`SELECT FROM mail WHERE ${due} OR state IN ('claimed', 'sending')`, offsetMs));
      });
    }
    expect(await mailer.stop()).toBe('code 0');
    over = true;
  });

  it('brings no reminder twice, and a notice again only under its Message-ID and after an outcome that nobody knew', async () => {
    const ledger = new Map((await rows()).map((row) => [row.id, row]));
    const copies = new Map<string, number>();
    for (const { key, messageId, answer } of server.log()) {
      const row = ledger.get(key);
      expect([key, row?.message_id]).toEqual([key, messageId]);
      if (answer === null || answer < 400) copies.set(key, (copies.get(key) ?? 0) + 1);
    }
    expect(copies.size).toBeGreaterThan(CASES);
    const tooMany = [...copies].filter(([key, count]) => {
      const { delivery, uncertain = 0 } = ledger.get(key) ?? {};
      return count > (delivery === 'notice' ? 1 + uncertain : 1);
    });
    expect(tooMany).toEqual([]);
  });

  it('leaves nothing owed unsent: each has arrived, or the ledger says why not', async () => {
    const arrived = new Set(server.log().flatMap(({ key, answer }) => (answer === 250 ? [key] : [])));
    const all = await rows();
    const open = all.filter(({ id, state, response, uncertain }) => {
      if (state === 'sent') return !arrived.has(id);
      if (state === 'suppressed') return !response || arrived.has(id);
      if (state === 'unknown') return !uncertain;
      return state !== 'gathered';
    });
    expect(open).toEqual([]);
    const states = all.map(({ state }) => state);
    expect(states.filter((state) => state === 'unknown').length).toBeLessThan(all.length / 10);
    expect(all.filter(({ delivery, state }) => delivery === 'notice' && state === 'unknown')).toEqual([]);
  });

  it('brings nothing outside the hours of its reader, or on quiet days, except urgent mails', async () => {
    const ledger = new Map((await rows()).map((row) => [row.id, row]));
    const wrong = server.log().flatMap(({ key, at }) => {
      const row = ledger.get(key);
      const why = row && row.class !== 'urgent' ? whyNot(row.reader, QUIET, at) : null;
      return why ? [`${key} at ${new Date(at).toISOString()}: ${why}`] : [];
    });
    expect(wrong).toEqual([]);
  });
});
