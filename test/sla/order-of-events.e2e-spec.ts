import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { CaseClock } from '#libs/database/entities/case-clock.entity.js';
import { readLog, toLogged } from '#libs/case-store/event-log.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { CaseEngine } from '../support/case-engine.js';
import { actor } from '../support/people.js';
import { requestForm } from '../support/request-form.js';

const at = (time: string): number => Date.parse(`2026-11-${time}Z`);
const OPENED = at('24T10:00:00');
const DUE = at('26T16:00:00');
const TIMER_STARTED = 17;
const ACKNOWLEDGE: CaseCommand = { verb: 'acknowledge', body: { message: 'We have it.' } };
const SUSPEND: CaseCommand = { verb: 'suspend', body: { reason: 'Elections.', reviewOn: '2027-01-15' } };

describe('clocks of a case whose events come at one time, or late', () => {
  let engine: CaseEngine;
  beforeAll(async () => {
    engine = await CaseEngine.start();
  });
  afterAll(() => engine.stop());

  const clock = (caseId: string, name = 'acknowledge') =>
    engine.world.dataSource.manager.findOneByOrFail(CaseClock, { caseId, name, cycle: 1 });
  const log = async (caseId: string) => (await readLog(engine.world.dataSource.manager, caseId)).map(toLogged);
  const receive = (caseId: string, command: CaseCommand, receivedAt: number) =>
    engine.world.desk.receive(caseId, actor('coordinator').personId, engine.world.key(), command, receivedAt);

  it('E03: an answer that is applied twice, and before a pause that came earlier, stops its clock once, in time', async () => {
    const { caseId } = await engine.world.open({ receivedAt: OPENED });
    await engine.world.send('coordinator', caseId, { verb: 'take', body: {} }, OPENED);
    const pause = await receive(caseId, SUSPEND, DUE - 10_000);
    const answer = await receive(caseId, ACKNOWLEDGE, DUE - 5_000);
    for (const { commandId } of [answer, pause, answer])
      await engine.world.store.apply(caseId, commandId, DUE + 60_000);
    const events = await log(caseId);
    expect(events.map(({ type }) => type)).toEqual([
      'opened',
      'owner_assigned',
      'clock_warned',
      'acknowledged',
      'suspended',
    ]);
    const instants = events.map(({ effectiveAt }) => effectiveAt);
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
    expect(await clock(caseId)).toMatchObject({ state: 'met', breachedAt: null });
    expect((await clock(caseId)).stoppedAt?.getTime()).toBeLessThanOrEqual(DUE);
  });

  it('E09: two changes of priority at once, through the workflow, set its timer anew at most once', async () => {
    const { caseId } = await engine.openOwned();
    await engine.settled(caseId);
    const timers = async () =>
      (await engine.history(caseId)).filter(({ eventType }) => Number(eventType) === TIMER_STARTED).length;
    const before = await timers();
    const at = Date.now();
    const change = (who: string, priority: 'P1' | 'P3') =>
      engine.send(who, caseId, { verb: 'change-priority', body: { priority } }, undefined, at);
    await Promise.all([change('coordinator', 'P1'), change('lead', 'P3')]);
    await engine.settled(caseId);
    const changes = (await log(caseId)).flatMap((event) =>
      event.type === 'priority_changed' ? [event.body.priority] : [],
    );
    expect([...changes].sort()).toEqual(['P1', 'P3']);
    const row = await engine.world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    expect(row.priority).toBe(changes.at(-1));
    expect((await timers()) - before).toBeLessThanOrEqual(1);
    expect((await engine.client.standing(caseId)).wakeAt).toBe(row.nextWakeAt?.getTime());
  });

  it('E10: a part of a request that becomes a case of its own starts its clocks at its own receipt', async () => {
    const first = await engine.world.open({ receivedAt: OPENED });
    const receivedAt = at('25T09:30:00');
    const form = requestForm({ channel: 'coordinator_logged', receivedAt: new Date(receivedAt).toISOString() });
    const part = await engine.world.open({ form, actor: actor('coordinator'), receivedAt: at('27T09:00:00') });
    expect(await clock(part.caseId)).toMatchObject({ cycle: 1, startedAt: new Date(receivedAt) });
    expect(await clock(first.caseId)).toMatchObject({
      state: 'running',
      startedAt: new Date(OPENED),
      dueAt: new Date(DUE),
    });
  });
});
