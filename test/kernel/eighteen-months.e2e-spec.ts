import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DELIVERED_RULES } from '#libs/domain/case/case-rules.js';
import { readLog, toLogged } from '#libs/case-store/event-log.js';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { deedsUntil } from '#libs/demo/journey.js';
import type { Milestone } from '#libs/demo/journey.js';
import { Mail } from '#libs/database/entities/mail.entity.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import type { ClockStep, LoggedEvent } from '#libs/domain/case/events.js';
import { fold } from '#libs/domain/case/evolve.js';
import { nextDue } from '#libs/domain/case/wake.js';
import { CaseEngine } from '../support/case-engine.js';

jest.setTimeout(300_000);

const DAY_MS = 86_400_000;
const MONTH_MS = 30.5 * DAY_MS;
const HOUR_MS = 3_600_000;

describe('eighteen months of two cases, in a time that skips ahead', () => {
  let environment: TestWorkflowEnvironment;
  let engine: CaseEngine;
  /** Reports every month for nine months, then falls silent. */
  let helped: LoggedEvent[];
  /** Circulated, and nobody ever answers. */
  let alone: LoggedEvent[];
  let ended = 0;

  beforeAll(async () => {
    environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: process.env['TEMPORAL_TEST_SERVER_PATH'] ?? '' } },
    });
    engine = await CaseEngine.start({ address: environment.address });
    const [first, second] = [await openUntil('planned'), await openUntil('circulated')];
    for (let month = 0; month < 9; month += 1) {
      await environment.sleep(MONTH_MS);
      await send('legalaid', first, { verb: 'update-progress', body: { text: 'On it.', milestones: [] } });
    }
    for (let week = 0; week < 39; week += 1) {
      await environment.sleep(7 * DAY_MS);
      await send('coordinator', second, { verb: 'add-note', body: { text: `Week ${week}.` } });
    }
    ended = await environment.currentTimeMs();
    [helped, alone] = [await logOf(first), await logOf(second)];
  });
  afterAll(async () => {
    await engine.stop();
    await environment.teardown();
  });

  const send = async (who: string, caseId: string, command: CaseCommand) =>
    engine.send(who, caseId, command, undefined, await environment.currentTimeMs());
  const logOf = async (caseId: string) => (await readLog(engine.world.dataSource.manager, caseId)).map(toLogged);

  async function openUntil(milestone: Milestone): Promise<string> {
    const { manager } = engine.world.dataSource;
    const now = await environment.currentTimeMs();
    const { caseId, version } = await engine.world.open({ receivedAt: now });
    await engine.client.start({ caseId, version });
    for (const { who, command } of deedsUntil(milestone, ['drafting'], now, 'coordinator')) {
      const { state } = await manager.findOneByOrFail(AssistanceCase, { id: caseId });
      const order = typeof command === 'function' ? command(state, []) : command;
      await send(who === 'requester' ? 'focalPoint' : who, caseId, order);
    }
    return caseId;
  }

  const byClocks = (log: LoggedEvent[]) => log.filter(({ actorId, body }) => actorId === null && 'clock' in body);
  const stepOf = ({ type, body }: LoggedEvent) => {
    const { clock, subject, cycle, step } = body as ClockStep;
    return `${type} ${clock}:${subject}:${cycle}:${step}`;
  };

  it('records every reminder, warning, breach and escalation exactly once', () => {
    for (const log of [helped, alone]) {
      const steps = byClocks(log).map(stepOf);
      expect(steps.length).toBeGreaterThan(20);
      expect(new Set(steps).size).toBe(steps.length);
    }
  });

  it('goes from one contact of a silent side to the next, at the hour, and has the owner call in the end', () => {
    const moves = alone.filter(({ type }) => type === 'contact_unreachable' || type === 'call_due');
    expect(moves.filter(({ type }) => type === 'call_due').length).toBeGreaterThan(0);
    for (const { recordedAt, effectiveAt } of moves) expect(recordedAt - effectiveAt).toBeLessThan(HOUR_MS);
  });

  it('leaves nothing out that was due', () => {
    for (const log of [helped, alone]) expect(nextDue(log, fold(log), DELIVERED_RULES, ended)).toBeNull();
  });

  it('records nothing early, and all of it within the hour', () => {
    for (const { recordedAt, effectiveAt } of [helped, alone].flatMap(byClocks)) {
      expect(recordedAt).toBeGreaterThanOrEqual(effectiveAt);
      expect(recordedAt - effectiveAt).toBeLessThan(HOUR_MS);
    }
  });

  it('reminds the responder once before each of ten monthly updates', () => {
    const reminders = byClocks(helped).filter((event) => /responder_update::\d+:remind_-5$/.test(stepOf(event)));
    expect(reminders.map(({ body }) => (body as ClockStep).cycle)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('breaches the update that never came, at its deadline, and tells the lead ten working days later', () => {
    const last = byClocks(helped)
      .filter((event) => stepOf(event).includes('responder_update::10:'))
      .map(stepOf);
    expect(last).toEqual([
      'reminder_due responder_update::10:remind_-5',
      'reminder_due responder_update::10:remind_0',
      'clock_breached responder_update::10:due',
      'clock_escalated responder_update::10:L1',
    ]);
  });

  it('climbs the whole ladder for a request that nobody answers', () => {
    const levels = alone.flatMap((event) => (event.type === 'clock_escalated' ? [event.body.level] : []));
    expect([...new Set(levels)].sort()).toEqual([1, 2, 3]);
    expect(fold(alone)).toMatchObject({ stage: 'unmatched', escalatedTo: 3 });
    expect(alone.filter(({ type }) => type === 'became_unmatched')).toHaveLength(1);
  });

  it('writes one mail to each recipient of a reminder, never two', async () => {
    const mails = await engine.world.dataSource.manager.findBy(Mail, { kind: 'reminder' });
    const perRecipient = new Set(mails.map(({ caseId, sequence, recipient }) => `${caseId} ${sequence} ${recipient}`));
    expect(perRecipient.size).toBe(mails.length);
    const reminders = [helped, alone].flatMap(byClocks).filter(({ type }) => type === 'reminder_due');
    const reminded = new Set(mails.map(({ caseId, sequence }) => `${caseId} ${sequence}`));
    expect(reminded.size).toBe(reminders.length);
  });

  it('ends with workflows that know what the rows say', async () => {
    const rows = await engine.world.dataSource.manager.find(AssistanceCase);
    for (const { id, version, nextWakeAt } of rows) {
      const standing = await engine.client.standing(id);
      expect(standing).toMatchObject({ version, wakeAt: nextWakeAt?.getTime() ?? null });
    }
  });
});
