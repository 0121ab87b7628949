import { temporal } from '@temporalio/proto';
import { caseWorkflowId } from '#libs/contracts/case-workflow.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { deedsUntil } from '#libs/demo/journey.js';
import { CalendarShift } from '../support/calendar-shift.js';
import { CaseEngine, eventually } from '../support/case-engine.js';

const { EventType } = temporal.api.enums.v1;
/** A Tuesday morning on which nothing falls due. */
const TUESDAY = Date.parse('2026-11-24T10:00:00Z');
const TASK = ['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_COMPLETED'];
const UPDATE = ['WORKFLOW_EXECUTION_UPDATE_ACCEPTED', 'MARKER_RECORDED', 'WORKFLOW_EXECUTION_UPDATE_COMPLETED'];

jest.setTimeout(60_000);

describe('what a case costs in events of its workflow and commits of PostgreSQL', () => {
  let engine: CaseEngine;
  const calendar = new CalendarShift();
  beforeAll(async () => {
    engine = await CaseEngine.start({ around: calendar.around });
  });
  afterAll(() => engine.stop());
  beforeEach(() => calendar.to(TUESDAY));

  const acknowledge = { verb: 'acknowledge', body: { message: 'We have it.' } } as const;
  const open = () => engine.open({ receivedAt: calendar.now });
  const send = (who: string, caseId: string, command: Parameters<CaseEngine['send']>[2]) =>
    engine.send(who, caseId, command, undefined, calendar.now);
  const typesOf = async (caseId: string, runId?: string) =>
    (await engine.history(caseId, runId)).map(({ eventType }) =>
      EventType[Number(eventType)]?.replace('EVENT_TYPE_', ''),
    );
  /** The events that something adds to the history of a case. */
  const added = async (caseId: string, act: () => Promise<unknown>) => {
    const before = await engine.eventCount(caseId);
    await act();
    await engine.settled(caseId);
    return (await typesOf(caseId)).slice(before);
  };

  it('a start: six events with its first look at the clock and its timer, and one commit', async () => {
    const { caseId, version } = await engine.world.open({ receivedAt: calendar.now });
    const commits = await engine.world.database.during(async () => {
      await engine.client.start({ caseId, version });
      await engine.settled(caseId);
    });
    const types = await typesOf(caseId);
    expect(types).toEqual(['WORKFLOW_EXECUTION_STARTED', ...TASK, 'MARKER_RECORDED', 'TIMER_STARTED']);
    expect(commits).toBe(1);
  });

  it('a command: six events, one commit to take it in and one to apply it', async () => {
    const { caseId } = await open();
    let commits = 0;
    const types = await added(caseId, async () => {
      commits = await engine.world.database.during(() => send('coordinator', caseId, acknowledge));
    });
    expect(types).toEqual([...TASK, ...UPDATE]);
    expect(commits).toBe(2);
  });

  it('a command after which something falls due earlier: two more, to set the timer again', async () => {
    const { caseId } = await open();
    await send('coordinator', caseId, { verb: 'take', body: {} });
    const suspend = { verb: 'suspend', body: { reason: 'Elections.', reviewOn: '2026-11-25' } } as const;
    const types = await added(caseId, () => send('coordinator', caseId, suspend));
    expect(types).toHaveLength(8);
    expect(types).toEqual(expect.arrayContaining(['TIMER_CANCELED', 'TIMER_STARTED']));
  });

  it('a refusal: six events and no commit beyond taking it in', async () => {
    const { caseId } = await open();
    const verify = { verb: 'verify', body: { means: 'mission', evidence: 'A call.' } } as const;
    let commits = 0;
    const types = await added(caseId, async () => {
      commits = await engine.world.database.during(() => send('coordinator', caseId, verify).catch(() => undefined));
    });
    expect(types).toEqual([...TASK, ...UPDATE]);
    expect(commits).toBe(1);
  });

  it('a repeat of a command: nothing', async () => {
    const { caseId } = await open();
    const key = engine.world.key();
    const at = calendar.now;
    await engine.send('coordinator', caseId, acknowledge, key, at);
    expect(await added(caseId, () => engine.send('coordinator', caseId, acknowledge, key, at))).toEqual([]);
  });

  it('a command without an id, and a query: nothing', async () => {
    const { caseId } = await open();
    const refused = () => engine.client.command(caseId, { commandId: '', updateId: 'x' }).catch(() => undefined);
    expect(await added(caseId, refused)).toEqual([]);
    expect(await added(caseId, () => engine.client.standing(caseId))).toEqual([]);
  });

  it('a timer that rings and is set again: six events and one commit', async () => {
    const { caseId } = await open();
    const { nextWakeAt } = await engine.world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    const again = await engine.world.open({ receivedAt: calendar.now });
    calendar.to(Number(nextWakeAt) - 3_000);
    await engine.client.start(again);
    await engine.settled(again.caseId);
    let commits = 0;
    const types = await added(again.caseId, async () => {
      // Asked of the row: a query of the workflow would split a task that has its activity in hand.
      const version = async () =>
        (await engine.world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: again.caseId })).version;
      commits = await engine.world.database.during(() => eventually(async () => (await version()) === 2));
    });
    expect(types).toEqual(['TIMER_FIRED', ...TASK, 'MARKER_RECORDED', 'TIMER_STARTED']);
    expect(commits).toBe(1);
  });

  it('a whole case from the request to its closure: seventeen commands', async () => {
    const { manager } = engine.world.dataSource;
    let caseId = '';
    const commits = await engine.world.database.during(async () => {
      ({ caseId } = await open());
      for (const { who, command } of deedsUntil('closed', ['drafting'], TUESDAY, 'coordinator')) {
        const { state } = await manager.findOneByOrFail(AssistanceCase, { id: caseId });
        const order = typeof command === 'function' ? command(state, []) : command;
        await send(who === 'requester' ? 'focalPoint' : who, caseId, order);
        await engine.settled(caseId);
      }
    });
    const { stage, version } = await manager.findOneByOrFail(AssistanceCase, { id: caseId });
    expect({ stage, version }).toEqual({ stage: 'closed', version: 18 });
    // One to open, one for the first look at the clock, two a command.
    expect(commits).toBe(2 + 17 * 2);
    const runs = await eventsOfRuns(caseId);
    // Six to start, six a command; one sets the timer earlier: once verified, the case needs an owner within a day.
    expect(runs).toEqual([6 + 17 * 6 + 2]);
  });

  /** Number of events of each run of a case, first run first. */
  async function eventsOfRuns(caseId: string): Promise<number[]> {
    const counts: number[] = [];
    const handle = engine.temporal.workflow.getHandle(caseWorkflowId(caseId));
    const { raw } = await handle.describe();
    let runId: string | null | undefined = raw.workflowExecutionInfo?.firstRunId;
    while (runId) {
      const events = await engine.history(caseId, runId);
      counts.push(events.length);
      runId = events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    }
    return counts;
  }
});
