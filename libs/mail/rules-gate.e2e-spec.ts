import { DataSource } from 'typeorm';
import { advanceClock } from '#libs/case-store/product-time.js';
import type { Mail } from '#libs/database/entities/mail.entity.js';
import { databaseOptions } from '#libs/database/options.js';
import { createTestDatabase } from '../../test/support/database.js';
import { dueMail, mailRow } from '../../test/support/mail-rows.js';
import { MailLedger } from './ledger.js';
import { RulesGate } from './rules-gate.js';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
/** Deployments never go back in time: each test is further ahead. Tuesdays. */
const AT_WORK = Date.parse('2031-11-18T10:00:00Z');
const AT_NIGHT = Date.parse('2031-11-25T23:00:00Z');
const QUIET = Date.parse('2031-12-23T10:00:00Z');
const BUSY = Date.parse('2032-01-13T10:00:00Z');
const READER = { timezone: 'Europe/Zurich' };

describe('what the mailer asks before it sends', () => {
  let dataSource: DataSource;
  let now: number;
  const goTo = async (at: number) => {
    const [{ offset }] = await dataSource.query(
      `SELECT COALESCE((SELECT value::bigint FROM deployment WHERE name = 'clock_offset_ms'), 0)::float8 AS offset`,
    );
    await advanceClock(dataSource.manager, Math.round(at - Date.now() - offset));
    now = at;
  };
  /** What became of these rows: taken up, asked about, and held or let go. */
  const asked = async (...rows: Mail[]) => {
    const ledger = new MailLedger(dataSource);
    const batch = (await ledger.claim(200)).filter(({ id }) => rows.some((row) => row.id === id));
    const holds = await new RulesGate(dataSource).holds(batch);
    return rows.map(({ id }) => {
      const hold = holds.get(id);
      return hold ? ([hold.heldFor, hold.until.toISOString().slice(0, 16)] as const) : 'goes';
    });
  };
  /** Taken up in the order in which they are made. */
  let made = 0;
  const due = (changes: Partial<Mail> = {}) =>
    dueMail(dataSource, { reader: READER, sendAfter: new Date(now - 60_000 + (made += 1)), ...changes });

  beforeAll(async () => {
    dataSource = await new DataSource(databaseOptions(await createTestDatabase())).initialize();
  }, 60_000);
  afterEach(() => dataSource.query(`UPDATE mail SET state = 'suppressed' WHERE state IN ('due', 'claimed')`));
  afterAll(() => dataSource.destroy());

  it('lets go what its reader may be sent now', async () => {
    await goTo(AT_WORK);
    expect(await asked(await due(), await due({ reader: null }))).toEqual(['goes', 'goes']);
  });

  it('holds at night what was due by day while the mailer was down, urgent mails and those about an account excepted', async () => {
    await goTo(AT_NIGHT);
    const earlier = { sendAfter: new Date(now - 8 * HOUR) };
    const rows = [await due(earlier), await due({ ...earlier, class: 'urgent' }), await due({ reader: null })];
    expect(await asked(...rows)).toEqual([['hours', '2031-11-26T08:00'], 'goes', 'goes']);
  });

  it('holds what a quiet period stands in the way of, also one that was added after the mail was written', async () => {
    await goTo(QUIET);
    expect(await asked(await due(), await due({ class: 'urgent' }))).toEqual([['quiet', '2032-01-06T08:00'], 'goes']);
  });

  it('keeps for the digest what waits for one', async () => {
    await goTo(BUSY);
    const [informing, gathered] = [await due({ class: 'digest' }), await due({ class: 'digest', heldFor: 'digest' })];
    expect(await asked(informing)).toEqual([['digest', '2032-01-19T08:00']]);
    expect((await new MailLedger(dataSource).claim(200)).map(({ id }) => id)).not.toContain(gathered.id);
  });

  describe('where somebody would get too many', () => {
    const recipient = 'busy@example.test';
    const sentBefore = async (mails: number, minutes: number) => {
      for (let mail = 0; mail < mails; mail += 1)
        await due({
          recipient,
          state: 'sent',
          sendAfter: new Date(now - minutes * 60_000),
          sentAt: new Date(),
        });
    };
    afterEach(async () => {
      await dataSource.query('DELETE FROM mail_event');
      await dataSource.query('DELETE FROM mail WHERE recipient = $1', [recipient]);
    });

    it('holds the eleventh of an hour, counting those in hand, until the first of them is an hour old', async () => {
      await goTo(BUSY + HOUR);
      await sentBefore(8, 30);
      const rows = [await due({ recipient }), await due({ recipient }), await due({ recipient }), await due()];
      expect(await asked(...rows)).toEqual(['goes', 'goes', ['limit', '2032-01-13T11:30'], 'goes']);
    });

    it('holds no urgent one, and counts none', async () => {
      await goTo(BUSY + 2 * HOUR);
      await sentBefore(10, 20);
      const urgent = { recipient, class: 'urgent' as const };
      const sent = await due({ ...urgent, state: 'sent', sentAt: new Date() });
      expect(await asked(await due(urgent), await due({ recipient }))).toEqual(['goes', ['limit', '2032-01-13T12:40']]);
      expect((await mailRow(dataSource, sent)).state).toBe('sent');
    });

    it('lets a digest go before single mails that were due earlier', async () => {
      await goTo(BUSY + 4 * HOUR);
      await sentBefore(9, 30);
      const [single, digest] = [await due({ recipient }), await due({ recipient, kind: 'digest', delivery: 'notice' })];
      expect(await asked(single, digest)).toEqual([['limit', '2032-01-13T14:30'], 'goes']);
    });

    it('counts what may have arrived, each time that it was tried', async () => {
      await goTo(BUSY + 5 * HOUR);
      await sentBefore(7, 40);
      const [given, again] = [
        await due({ recipient, delivery: 'reminder' }),
        await due({ recipient, delivery: 'notice' }),
      ];
      const ledger = new MailLedger(dataSource);
      for (const row of await ledger.claim(2)) await ledger.sending(row);
      await dataSource.query(`UPDATE mail SET claimed_at = now() - interval '1 hour' WHERE recipient = $1`, [
        recipient,
      ]);
      // As when a mailer that died is found out.
      await ledger.recover();
      expect((await mailRow(dataSource, given)).state).toBe('unknown');
      expect(await asked(again, await due({ recipient }))).toEqual(['goes', ['limit', '2032-01-13T15:20']]);
    });

    it('holds the forty-first of a day until the next, within the hours of its reader', async () => {
      await goTo(BUSY + 3 * HOUR);
      await sentBefore(40, 180);
      expect(await asked(await due({ recipient }))).toEqual([['limit', '2032-01-14T10:00']]);
    });

    it('counts what another mailer has in hand and took up before', async () => {
      await goTo(BUSY + 4 * HOUR);
      await sentBefore(9, 10);
      const theirs = await due({ recipient });
      const claimed = await new MailLedger(dataSource).claim(1);
      expect(claimed.map(({ id }) => id)).toEqual([theirs.id]);
      expect(await asked(await due({ recipient }))).toEqual([['limit', '2032-01-13T14:50']]);
      expect((await new RulesGate(dataSource).holds(claimed)).size).toBe(0);
    });
  });
});
