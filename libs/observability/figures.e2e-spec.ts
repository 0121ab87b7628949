import { Mail } from '#libs/database/entities/mail.entity.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { actor } from '../../test/support/people.js';
import { requestForm } from '../../test/support/request-form.js';
import { detectionLags } from './detection-lag.js';
import { standing } from './standing.js';

const DAY = 86_400_000;
const OPENED = Date.parse('2026-11-24T10:00:00Z');
/** Two working days later, at closing in Geneva. */
const DUE = Date.parse('2026-11-26T16:00:00Z');

describe('the figures of a deployment', () => {
  let world: CaseWorld;
  beforeEach(async () => {
    world = await CaseWorld.create();
  });
  afterEach(() => world.close());

  const lags = (from: number, to: number) => detectionLags(world.dataSource.manager, from, to);
  const standingAt = (now: number) => standing(world.dataSource.manager, now);

  it('measure the lag of each step from its own instant to its record', async () => {
    const { caseId } = await world.open({ receivedAt: OPENED });
    await world.store.wake(caseId, DUE + 7_200_000);
    const { breach, warning, all } = await lags(OPENED, DUE + DAY);
    expect(breach).toEqual({ count: 1, p50: 7_200, p99: 7_200, longest: 7_200 });
    expect(warning.p50).toBeGreaterThan(7_200);
    expect(all).toMatchObject({ count: 2, p50: 7_200, longest: warning.longest });
    expect((await lags(DUE + 7_200_001, DUE + DAY)).all).toEqual({ count: 0, p50: null, p99: null, longest: null });
  });

  it('do not count against the clocks that a request on paper was entered late', async () => {
    const form = requestForm({ channel: 'note_verbale', receivedAt: new Date(OPENED).toISOString() });
    const { caseId } = await world.open({ form, actor: actor('coordinator'), receivedAt: OPENED + 10 * DAY });
    await world.store.wake(caseId, OPENED + 10 * DAY + 1_500);
    const { breach } = await lags(OPENED, OPENED + 11 * DAY);
    expect(breach).toMatchObject({ count: 1, longest: 1.5 });
  });

  it('give lags that were measured, by nearest rank, and none of what people did', async () => {
    const { caseId } = await world.open({ receivedAt: OPENED });
    const add = (first: number, type: string, by: string | null) =>
      world.dataSource.query(
        `INSERT INTO case_event (case_id, version, type, effective_at, recorded_at, actor_id, body, previous_hash, hash)
         SELECT $1, $2 + n, $3, $4, $4::timestamptz + make_interval(secs => n), $5, '{}', '', '' FROM generate_series(1, 100) n`,
        [caseId, first, type, new Date(OPENED + DAY), by],
      );
    await add(1, 'reminder_due', null);
    await add(201, 'note_added', actor('coordinator').personId);
    const { reminder, all } = await lags(OPENED, OPENED + 2 * DAY);
    expect(reminder).toEqual({ count: 100, p50: 50, p99: 99, longest: 100 });
    expect(all).toEqual(reminder);
  });

  it('count what stands open, late, behind and unsent', async () => {
    const late = await world.open({ receivedAt: OPENED });
    await world.open({ receivedAt: OPENED });
    expect(await standingAt(OPENED)).toMatchObject({ openCases: 2, unstartedCases: 2, lateClocks: 0, casesBehind: 0 });
    await world.store.wake(late.caseId, DUE + 1_000);
    const seen = await standingAt(DUE + 1_000);
    expect(seen).toMatchObject({ openCases: 2, lateClocks: 2, casesBehind: 1 });
    expect(seen.secondsBehind).toBeGreaterThan(0);

    const excuse = { clock: 'acknowledge', reason: 'The office was closed.' };
    await world.send('coordinator', late.caseId, { verb: 'take', body: {} }, DUE + 2_000);
    await world.send('lead', late.caseId, { verb: 'excuse-breach', body: excuse } as never, DUE + 3_000);
    expect(await standingAt(DUE + 3_000)).toMatchObject({ lateClocks: 1 });
  });

  it('tell mails that wait from those that failed and those nobody knows about', async () => {
    const { caseId } = await world.open({ receivedAt: OPENED });
    await world.store.wake(caseId, DUE + 1_000);
    // Those that wait for a recipient's working hours as well.
    await world.dataSource.manager.update(Mail, { caseId }, { sendAfter: new Date(DUE) });
    const mails = await world.dataSource.manager.findBy(Mail, { caseId, state: 'due' });
    const [failed, unknown, later] = mails;
    const set = (mail: Mail | undefined, change: Partial<Mail>) =>
      world.dataSource.manager.update(Mail, mail?.id, change);
    await set(failed, { state: 'failed' });
    await set(unknown, { state: 'unknown' });
    await set(later, { sendAfter: new Date(DUE + DAY) });
    expect(await standingAt(DUE + 2_000)).toMatchObject({
      mailFailed: 1,
      mailUnknown: 1,
      mailUndecided: 2,
      mailInHand: 0,
      mailDue: mails.length - 3,
    });
  });
});
