import { advanceClock } from '#libs/case-store/product-time.js';
import { always } from '#libs/domain/calendar/calendar.js';
import { civilDate } from '#libs/domain/calendar/civil.js';
import { GENEVA } from '#libs/domain/calendar/geneva.js';
import { openMsBetween } from '#libs/domain/calendar/open-time.js';
import { RuleChanges } from '#libs/rule-book/rule-changes.js';
import { requestForm } from '../support/request-form.js';
import { TestSystem } from '../support/system.js';
import { eventually } from '../support/case-engine.js';

const DAY_MS = 86_400_000;

/** T40, T41 and T43 of sla.md: a change of the calendar, on an open case, as the worker's relay hands it on. */
describe('a calendar that is changed while a case is open', () => {
  let system: TestSystem;
  let reference = '';
  let openedAt = 0;
  let due = '';
  let version = 1;
  beforeAll(async () => {
    system = await TestSystem.start();
    openedAt = Date.now();
    ({
      body: { reference },
    } = await system.call('bravia', 'POST', '/api/v1/requests', requestForm()));
    due = await dueAt();
  }, 180_000);
  afterAll(() => system.stop());

  const dueAt = async (): Promise<string> => {
    const { body } = await system.call('coordinator', 'GET', `/api/v1/cases/${reference}`);
    return body.clocks.find(({ name }: { name: string }) => name === 'acknowledge').dueAt;
  };
  const stored = async (): Promise<string> => {
    const [row] = await system.dataSource.query<{ due_at: Date }[]>(
      `SELECT due_at FROM case_clock WHERE name = 'acknowledge'`,
    );
    return row?.due_at.toISOString() ?? '';
  };
  /** Publishes, and waits until every open case has looked at its clocks again. */
  const publish = async (holidays: string[]) => {
    const { id: _id, version: _version, ...calendar } = { ...GENEVA, holidays };
    const body = { basedOn: version, title: 'Geneva canton', reason: 'Test.', calendar };
    expect((await system.call('lead', 'POST', '/api/v1/calendars/geneva/versions', body)).status).toBe(201);
    version += 1;
    await eventually(async () => (await new RuleChanges(system.dataSource).waiting()).marks === 0);
  };

  it('T40: a holiday published ahead moves the deadline by a working day, for the timer as for the page', async () => {
    const holiday = civilDate(Date.parse(due), GENEVA.timezone);
    await publish([...GENEVA.holidays, holiday]);
    const moved = await dueAt();
    expect(openMsBetween(always(GENEVA), Date.parse(due), Date.parse(moved))).toBe(8 * 3_600_000);
    expect(await stored()).toBe(moved);
  });

  it('T43: the holiday withdrawn, the deadline is where it was', async () => {
    await publish(GENEVA.holidays);
    expect(await dueAt()).toBe(due);
    expect(await stored()).toBe(due);
  });

  it('T41: a holiday for a day that has passed changes nothing, and neither does taking it away', async () => {
    await advanceClock(system.dataSource.manager, DAY_MS);
    await publish([...GENEVA.holidays, civilDate(openedAt, GENEVA.timezone)]);
    expect(await dueAt()).toBe(due);
    await publish(GENEVA.holidays);
    expect(await dueAt()).toBe(due);
    expect(await stored()).toBe(due);
  });
});
