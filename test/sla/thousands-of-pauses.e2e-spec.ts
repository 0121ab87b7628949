import { always } from '#libs/domain/calendar/calendar.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { isOpen } from '#libs/domain/calendar/open-time.js';
import { follow, readLog } from '#libs/case-store/event-log.js';
import { CaseEvent } from '#libs/database/entities/case-event.entity.js';
import type { NewEvent } from '#libs/domain/case/events.js';
import { text } from '#libs/domain/case/events.js';
import { CaseWorld } from '../support/case-world.js';
import { actor } from '../support/people.js';

const PAIRS = 5_000;
const OPENED = Date.parse('2026-11-24T09:00:00Z');
const MINUTE = 60_000;

describe('a case that was suspended and resumed thousands of times', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  it(`E05: keeps every one of ${PAIRS} pauses in its rows, and the deadline that they leave`, async () => {
    const { caseId } = await world.open({ receivedAt: OPENED });
    const { manager } = world.dataSource;
    let [last] = await readLog(manager, caseId);
    const { personId: actorId } = actor('coordinator');
    const suspended: NewEvent = { type: 'suspended', body: { reason: text('Election.'), reviewOn: '2027-06-01' } };
    const events = Array.from({ length: 2 * PAIRS }, (_, n): CaseEvent => {
      const at = OPENED + (n + 1) * MINUTE;
      const event: NewEvent = n % 2 ? { type: 'resumed', body: {} } : suspended;
      return (last = follow(caseId, last, event, { effectiveAt: at, recordedAt: at, actorId }));
    });
    for (let from = 0; from < events.length; from += 2_000)
      await manager.insert(CaseEvent, events.slice(from, from + 2_000) as never);
    await world.store.rebuild(caseId, OPENED + (2 * PAIRS + 1) * MINUTE);
    const clocks = await world.dataSource.query<{ name: string; cycles: number; due: Date | null }[]>(
      'SELECT name, count(*)::int AS cycles, min(due_at) AS due FROM case_clock WHERE case_id = $1 GROUP BY name ORDER BY name',
      [caseId],
    );
    expect(clocks).toMatchObject([
      { name: 'acknowledge', cycles: 1, due: new Date(dueMinuteByMinute()) },
      { name: 'suspension_review', cycles: PAIRS },
    ]);
  });
});

/** Two working days from Tuesday 10:00 in Geneva are 23 open hours; every second minute until the last resumption does not count. */
function dueMinuteByMinute(): number {
  const geneva = always(GENEVA);
  for (let minute = 0, left = 23 * 60; ; minute += 1) {
    const paused = minute % 2 === 1 && minute < 2 * PAIRS;
    if (!paused && isOpen(geneva, OPENED + minute * MINUTE)) left -= 1;
    if (left === 0) return OPENED + (minute + 1) * MINUTE;
  }
}
