import { brokenAt, readLog } from '#libs/case-store/event-log.js';
import { advanceClock } from '#libs/case-store/product-time.js';
import type { CaseActivities } from '#activities/case/case.activities.js';
import type { CaseOutcome } from '#libs/contracts/case-workflow.js';
import { CalendarShift } from '../../test/support/calendar-shift.js';
import { CaseEngine, eventually } from '../../test/support/case-engine.js';

const HOUR_MS = 3_600_000;
/** The case of these tests comes on a Tuesday; its acknowledgement is due on Thursday at the close of the office. */
const OPENED = Date.parse('2026-11-24T10:00:00Z');
const WARNED = Date.parse('2026-11-26T08:00:00Z');
const DUE = Date.parse('2026-11-26T16:00:00Z');

jest.setTimeout(60_000);

describe('the timer of a running case', () => {
  let engine: CaseEngine;
  const calendar = new CalendarShift();
  beforeAll(async () => {
    engine = await CaseEngine.start({ around: (activities) => calendar.around(failing(activities)) });
  });
  afterAll(() => engine.stop());

  const acknowledge = { verb: 'acknowledge', body: { message: 'We have it.' } } as const;
  const types = async (caseId: string) =>
    (await readLog(engine.world.dataSource.manager, caseId)).map(({ type }) => type);
  /** Opens a case and lets its workflow begin so many ms before an instant of its calendar. */
  const openBefore = async (instant: number, ms: number) => {
    const { caseId, version } = await engine.world.open({ receivedAt: OPENED });
    calendar.to(instant - ms);
    await engine.client.start({ caseId, version });
    await engine.settled(caseId);
    return caseId;
  };

  it('rings when something falls due, and records it with the instant at which it was due', async () => {
    const caseId = await openBefore(DUE, 2_000);
    await eventually(async () => (await types(caseId)).includes('clock_breached'));
    const breach = (await readLog(engine.world.dataSource.manager, caseId)).find(
      ({ type }) => type === 'clock_breached',
    );
    expect(breach?.effectiveAt).toEqual(new Date(DUE));
    expect(breach?.recordedAt.getTime()).toBeGreaterThanOrEqual(DUE);
    expect((await types(caseId)).filter((type) => type === 'clock_breached')).toHaveLength(1);
  });

  it('never rings early', async () => {
    const caseId = await openBefore(WARNED, 2 * HOUR_MS);
    expect(await types(caseId)).toEqual(['opened']);
    const { armedAt } = await engine.client.standing(caseId);
    expect(armedAt).not.toBeNull();
    expect((armedAt ?? 0) + calendar.ms).toBeLessThanOrEqual(DUE);
  });

  it('records a deadline that passed while no worker was there, and tells when it was', async () => {
    const { caseId, version } = await engine.world.open({ receivedAt: OPENED });
    calendar.to(DUE + HOUR_MS);
    await engine.client.start({ caseId, version });
    await eventually(async () => (await types(caseId)).includes('clock_breached'));
    const [row] = await engine.world.dataSource.query('SELECT due_at FROM clock_breach WHERE case_id = $1', [caseId]);
    expect(row.due_at).toEqual(new Date(DUE));
  });

  it('is set earlier when a command brings something nearer', async () => {
    calendar.ms = 0;
    const { caseId } = await engine.openOwned();
    await engine.send('coordinator', caseId, acknowledge);
    await engine.send('coordinator', caseId, { verb: 'verify', body: { means: 'mission', evidence: 'A call.' } });
    await engine.settled(caseId);
    const before = await engine.client.standing(caseId);
    const tomorrow = new Date(Date.now() + 24 * HOUR_MS).toISOString().slice(0, 10);
    await engine.send('coordinator', caseId, {
      verb: 'suspend',
      body: { reason: 'Elections.', reviewOn: tomorrow },
    });
    await engine.settled(caseId);
    const after = await engine.client.standing(caseId);
    expect(after.wakeAt).toBeLessThan(before.armedAt ?? 0);
    expect(after.armedAt).toBe(after.wakeAt);
  });

  it('is left alone when a command puts things off', async () => {
    const { caseId } = await engine.open();
    const before = await engine.client.standing(caseId);
    await engine.send('coordinator', caseId, acknowledge);
    await engine.settled(caseId);
    const after = await engine.client.standing(caseId);
    expect(after.wakeAt).toBeGreaterThan(before.wakeAt ?? Infinity);
    expect(after.armedAt).toBe(before.armedAt);
  });

  it('rings at once for everything that a jump of the demo clock has made due', async () => {
    calendar.ms = 0;
    const { caseId } = await engine.open();
    await advanceClock(engine.world.dataSource.manager, 30 * 24 * HOUR_MS);
    await engine.client.tick(caseId, 'clock-1');
    expect(await types(caseId)).toEqual(['opened', 'clock_warned', 'clock_breached']);
    await engine.client.tick(caseId, 'clock-1');
    expect(await types(caseId)).toHaveLength(3);
    await advanceClock(engine.world.dataSource.manager, -30 * 24 * HOUR_MS);
  });

  it('is mended by itself after PostgreSQL was away when it rang, and so is a command that was under way', async () => {
    calendar.ms = 0;
    const { caseId } = await engine.open();
    failures = 3;
    expect(await engine.send('coordinator', caseId, acknowledge)).toMatchObject({ version: 2 });
    failures = 3;
    calendar.ms = 20 * 24 * HOUR_MS;
    await engine.client.tick(caseId, 'late');
    expect(await types(caseId)).toContain('clock_breached');
    expect(failures).toBe(0);
    const log = await readLog(engine.world.dataSource.manager, caseId);
    expect(brokenAt(log)).toBeNull();
  });
});

/** How many more calls of the store fail as they do while PostgreSQL is away. */
let failures = 0;

function failing(activities: CaseActivities): CaseActivities {
  const whenUp = (act: () => Promise<CaseOutcome>): Promise<CaseOutcome> => {
    if (failures === 0) return act();
    failures -= 1;
    return Promise.reject(new Error('connect ECONNREFUSED'));
  };
  return {
    commit: (...call) => whenUp(() => activities.commit(...call)),
    wake: (...call) => whenUp(() => activities.wake(...call)),
  };
}
