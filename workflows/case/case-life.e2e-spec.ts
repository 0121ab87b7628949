import { temporal } from '@temporalio/proto';
import { readLog } from '#libs/case-store/event-log.js';
import { caseWorkflowId } from '#libs/contracts/case-workflow.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { deedsUntil } from '#libs/demo/journey.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { CommandRefused } from '#libs/temporal/update-errors.js';
import { CalendarShift } from '../../test/support/calendar-shift.js';
import { CaseEngine, eventually } from '../../test/support/case-engine.js';
import { actor } from '../../test/support/people.js';
import { requestForm } from '../../test/support/request-form.js';

const { EventType } = temporal.api.enums.v1;
const CONTINUED = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW;
/** A morning on which nothing falls due. */
const TUESDAY = Date.parse('2026-11-24T10:00:00Z');
const CANARY = 'canary-5b1f9e';

jest.setTimeout(60_000);

describe('the life of a case workflow', () => {
  let engine: CaseEngine;
  const calendar = new CalendarShift();
  beforeAll(async () => {
    engine = await CaseEngine.start({ around: calendar.around });
  });
  afterAll(() => engine.stop());

  beforeEach(() => {
    calendar.ms = 0;
  });

  const handle = (caseId: string) => engine.temporal.workflow.getHandle(caseWorkflowId(caseId));
  const statusOf = async (caseId: string) => (await handle(caseId).describe()).status.name;
  const log = async (caseId: string) =>
    (await readLog(engine.world.dataSource.manager, caseId)).map(({ type }) => type);
  const withdraw = { verb: 'withdraw', body: { reason: 'No longer needed.' } } as const;

  it('goes over into a new run above 150 events, and loses nothing of what comes in meanwhile', async () => {
    const { caseId } = await engine.openOwned();
    const first = await handle(caseId).describe();
    const notes = 120;
    // Four at a time without a pause: some are under way whenever a run ends.
    const waiting = Array.from({ length: notes }, (_, number) => `note ${number}`);
    const write = async () => {
      for (let text = waiting.pop(); text; text = waiting.pop()) await engine.note(caseId, text);
    };
    await Promise.all([write(), write(), write(), write()]);
    expect(await log(caseId)).toHaveLength(2 + notes);
    const firstRun = await engine.history(caseId, first.runId);
    expect(firstRun.at(-1)?.eventType).toBe(CONTINUED);
    expect(firstRun.length).toBeGreaterThan(150);
    expect(firstRun.length).toBeLessThan(200);
    const standing = await engine.client.standing(caseId);
    const row = await engine.world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    expect(standing).toMatchObject({ version: row.version, wakeAt: Number(row.nextWakeAt) });
    expect(standing.armedAt).not.toBeNull();
  });

  it('tells where the case stands: version, what it waits for, and in the Temporal UI the stage', async () => {
    const { caseId } = await engine.open();
    const standing = await engine.client.standing(caseId);
    expect(standing).toMatchObject({ version: 1, status: 'open' });
    const { currentDetails } = await handle(caseId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain('Stage: submitted');
    expect(currentDetails).toContain('Next: Acknowledge the request: warning at ');
    const timer = (await engine.history(caseId)).find(({ timerStartedEventAttributes }) => timerStartedEventAttributes);
    expect(Buffer.from(timer?.userMetadata?.summary?.data ?? []).toString()).toContain('Acknowledge the request');
  });

  it('keeps everything that people wrote out of Temporal', async () => {
    const form = requestForm({ needDescription: `${CANARY} `.repeat(20), leadMinistry: CANARY });
    form.focalPoint.name = CANARY;
    const { caseId } = await engine.open({ form });
    await engine.send('coordinator', caseId, { verb: 'acknowledge', body: { message: CANARY } });
    await engine.send('coordinator', caseId, { verb: 'take', body: {} });
    await engine.note(caseId, CANARY);
    await engine
      .send('coordinator', caseId, { verb: 'circulate', body: { organisations: [CANARY] } })
      .catch(() => null);
    const kept = rawText(await engine.history(caseId)) + JSON.stringify((await handle(caseId).describe()).raw);
    expect(kept).toContain(caseId);
    expect(kept).not.toContain(CANARY);
    expect(kept).not.toMatch(/@(bravia\.)?example\.test/);
    expect(kept).not.toContain('Mwila');
  });

  it('ends when nothing can fall due any more', async () => {
    const { caseId } = await engine.open();
    expect(await engine.send('focalPoint', caseId, withdraw)).toMatchObject({ status: 'ended', stage: 'withdrawn' });
    await eventually(async () => (await statusOf(caseId)) === 'COMPLETED');
    await expect(engine.note(caseId, 'too late')).rejects.toMatchObject({ name: 'CaseNotRunning' });
  });

  it('is started once more for a command to an ended case, which the rules then judge', async () => {
    const { caseId } = await engine.open();
    await engine.send('focalPoint', caseId, withdraw);
    await eventually(async () => (await statusOf(caseId)) === 'COMPLETED');
    const { world } = engine;
    const note = { verb: 'add-note', body: { text: 'too late' } } as const;
    const received = await world.desk.receive(caseId, actor('lead').personId, world.key(), note);
    const refused = await engine.client
      .commandAndStart({ caseId, version: 2 }, received)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CommandRefused);
    expect(refused).toMatchObject({ code: 'case_ended' });
    await eventually(async () => (await statusOf(caseId)) === 'COMPLETED');
  });

  it('runs on when a closed case of which nothing was due is reopened', async () => {
    const caseId = await closedForGood();
    await eventually(async () => (await statusOf(caseId)) === 'COMPLETED');
    const { world } = engine;
    const reopen = { verb: 'reopen', body: { reason: 'The law was repealed.' } } as const;
    const received = await world.desk.receive(caseId, actor('focalPoint').personId, world.key(), reopen, calendar.now);
    const outcome = await engine.client.commandAndStart({ caseId, version: 0 }, received);
    expect(outcome).toMatchObject({ status: 'open' });
    await engine.settled(caseId);
    expect(await statusOf(caseId)).toBe('RUNNING');
    const { nextWakeAt } = await world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    expect((await engine.client.standing(caseId)).wakeAt !== null).toBe(nextWakeAt !== null);
  });

  it('is not held up by a command that can never be applied', async () => {
    const { caseId } = await engine.openOwned();
    const { world } = engine;
    // A date that is none: the API would not have let it in.
    const broken = { verb: 'suspend', body: { reason: 'Elections.', reviewOn: 'no date at all' } } as const;
    const received = await world.desk.receive(caseId, actor('coordinator').personId, world.key(), broken);
    const logged = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await expect(engine.client.command(caseId, received)).rejects.not.toBeInstanceOf(CommandRefused);
    expect(String(logged.mock.calls)).toContain('RangeError');
    expect(String(logged.mock.calls)).not.toMatch(/no date at all|Elections/);
    logged.mockRestore();
    expect(await engine.note(caseId, 'the case goes on')).toMatchObject({ version: 3 });
  });

  /** Closed, with every outcome form and follow-up recorded: nothing can fall due. */
  async function closedForGood(): Promise<string> {
    const { manager } = engine.world.dataSource;
    calendar.to(TUESDAY);
    const { caseId } = await engine.open({ receivedAt: calendar.now, form: requestForm({ needTypes: ['training'] }) });
    const send = (who: string, command: CaseCommand) => engine.send(who, caseId, command, undefined, calendar.now);
    for (const { who, command } of deedsUntil('planned', ['training'], TUESDAY, 'coordinator')) {
      const { state } = await manager.findOneByOrFail(AssistanceCase, { id: caseId });
      const order = typeof command === 'function' ? command(state, []) : command;
      await send(who === 'requester' ? 'focalPoint' : who, order);
    }
    await send('coordinator', { verb: 'close', body: { outcome: 'help_delivered', text: 'Held.' } });
    await send('coordinator', { verb: 'record-follow-up', body: { followUp: '6_months', text: 'In use.' } });
    await send('coordinator', { verb: 'record-follow-up', body: { followUp: '12_months', text: 'In use.' } });
    await send('legalaid', { verb: 'record-outcome', body: { text: 'Fine.' } });
    expect(await send('focalPoint', { verb: 'record-outcome', body: { text: 'Good.' } })).toMatchObject({
      status: 'ended',
      stage: 'closed',
    });
    return caseId;
  }
});

/** Everything in a history as text, payloads decoded. */
const rawText = (events: unknown): string =>
  JSON.stringify(events, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value));
