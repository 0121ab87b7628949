import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import { ClockBreach } from '#libs/database/entities/clock-breach.entity.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import { readLog, toLogged } from '#libs/case-store/event-log.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { fold } from '#libs/domain/case/evolve.js';
import { CaseWorld } from '../support/case-world.js';
import { actor } from '../support/people.js';

const at = (time: string): number => Date.parse(`2026-11-${time}Z`);
/** Two working days after Tuesday 24 November, 11:00 in Geneva. */
const OPENED = at('24T10:00:00');
const DUE = at('26T16:00:00');
const HOUR = 3_600_000;
const ACKNOWLEDGE: CaseCommand = { verb: 'acknowledge', body: { message: 'We have it.' } };

/** The cases of sla.md 2.10 that need a store; each by its id. */
describe('clocks on the case store', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const open = async (): Promise<string> => (await world.open({ receivedAt: OPENED })).caseId;
  const log = async (caseId: string) => (await readLog(world.dataSource.manager, caseId)).map(toLogged);
  const types = async (caseId: string) => (await log(caseId)).map(({ type }) => type);
  const clock = (caseId: string, name: string) =>
    world.dataSource.manager.findOneByOrFail(CaseClock, { caseId, name, cycle: 1 });
  const mailOf = (caseId: string, kind: string) => world.dataSource.manager.findBy(Mail, { caseId, kind });
  /** A command that came at one instant and is applied at a later one. */
  const late = async (caseId: string, who: string, command: CaseCommand, receivedAt: number, appliedAt: number) => {
    const { commandId } = await world.desk.receive(caseId, actor(who).personId, world.key(), command, receivedAt);
    await world.store.apply(caseId, commandId, appliedAt);
    return commandId;
  };

  it('E01: a deadline that passes while no worker runs is breached at its own instant, seen later, told once', async () => {
    const caseId = await open();
    await world.store.wake(caseId, DUE + 2 * HOUR);
    await world.store.wake(caseId, DUE + 2 * HOUR);
    const breaches = (await log(caseId)).filter(({ type }) => type === 'clock_breached');
    expect(breaches).toMatchObject([{ effectiveAt: DUE, recordedAt: DUE + 2 * HOUR }]);
    expect((await mailOf(caseId, 'escalation')).map(({ recipient }) => recipient)).toEqual(['lead@example.test']);
  });

  it('E02: proof of an answer in time that comes late rescinds the breach; both entries remain, the verdict is met', async () => {
    const caseId = await open();
    await world.store.wake(caseId, DUE + 1_000);
    await late(caseId, 'coordinator', ACKNOWLEDGE, at('26T15:59:50'), at('26T16:04:00'));
    expect(await types(caseId)).toEqual([
      'opened',
      'clock_warned',
      'clock_breached',
      'acknowledged',
      'breach_rescinded',
    ]);
    expect(await clock(caseId, 'acknowledge')).toMatchObject({
      state: 'met',
      stoppedAt: new Date(at('26T15:59:50')),
      breachedAt: null,
    });
    const [entry] = await world.dataSource.manager.findBy(ClockBreach, { caseId });
    expect(entry).toMatchObject({ clock: 'acknowledge', cause: 'deadline', dueAt: new Date(DUE) });
    expect(entry?.rescindedAt).toEqual(new Date(at('26T16:04:00')));
  });

  it('E03: the same answer delivered twice stops the clock once', async () => {
    const caseId = await open();
    const commandId = await late(caseId, 'coordinator', ACKNOWLEDGE, at('25T09:00:00'), at('25T09:00:01'));
    await world.store.apply(caseId, commandId, at('25T09:00:02'));
    expect((await types(caseId)).filter((type) => type === 'acknowledged')).toHaveLength(1);
  });

  it('E09: two changes of priority in the same second are both recorded, and the last one holds', async () => {
    const caseId = await open();
    await late(caseId, 'coordinator', { verb: 'take', body: {} }, at('25T09:00:00'), at('25T09:00:00'));
    const change = (who: string, priority: 'P1' | 'P3') =>
      late(caseId, who, { verb: 'change-priority', body: { priority } }, at('25T10:00:00'), at('25T10:00:00'));
    await Promise.all([change('coordinator', 'P1'), change('lead', 'P3')]);
    const events = await log(caseId);
    const changes = events.flatMap((event) => (event.type === 'priority_changed' ? [event.body.priority] : []));
    expect([...changes].sort()).toEqual(['P1', 'P3']);
    expect(fold(events).priority).toBe(changes.at(-1));
  });

  it('E10: a merged case stops its clocks without a verdict and leaves those of the other alone', async () => {
    const [first, second] = [await world.open({ receivedAt: OPENED }), await world.open({ receivedAt: OPENED })];
    await late(second.caseId, 'coordinator', { verb: 'take', body: {} }, at('25T09:00:00'), at('25T09:00:00'));
    const merge: CaseCommand = { verb: 'merge', body: { into: first.reference } };
    await late(second.caseId, 'coordinator', merge, at('25T10:00:00'), at('25T10:00:00'));
    expect(await clock(second.caseId, 'acknowledge')).toMatchObject({ state: 'stopped', breachedAt: null });
    expect(await clock(first.caseId, 'acknowledge')).toMatchObject({ state: 'running', dueAt: new Date(DUE) });
    await world.store.wake(second.caseId, DUE + HOUR);
    expect(await types(second.caseId)).not.toContain('clock_breached');
  });

  it('E11: when a case that nobody owns reaches 75 %, every coordinator on duty is warned', async () => {
    const caseId = await open();
    await world.store.wake(caseId, DUE - HOUR);
    expect((await mailOf(caseId, 'warning')).map(({ recipient }) => recipient).sort()).toEqual([
      'coordinator2@example.test',
      'coordinator@example.test',
    ]);
  });
});
