import { TestWorkflowEnvironment } from '@temporalio/testing';
import { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import { deedsUntil } from '#libs/demo/journey.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { CaseEngine } from '../support/case-engine.js';

const DAY_MS = 86_400_000;

describe('a case that rests', () => {
  let environment: TestWorkflowEnvironment;
  let engine: CaseEngine;
  beforeAll(async () => {
    environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: process.env['TEMPORAL_TEST_SERVER_PATH'] ?? '' } },
    });
    engine = await CaseEngine.start({ address: environment.address });
  });
  afterAll(async () => {
    await engine.stop();
    await environment.teardown();
  });

  const now = () => environment.currentTimeMs();

  it('E04: paused for 200 days, its workflow’s history grows by fewer than 10 events', async () => {
    const { caseId } = await engine.open({ receivedAt: await now() });
    for (const { who, command } of deedsUntil('taken', ['drafting'], await now(), 'coordinator')) {
      const { state } = await engine.world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
      const order = typeof command === 'function' ? command(state, []) : command;
      await engine.send(who === 'requester' ? 'focalPoint' : who, caseId, order, undefined, await now());
    }
    const ask: CaseCommand = { verb: 'return', body: { questions: ['Which ministry leads?'] } };
    await engine.send('coordinator', caseId, ask, undefined, await now());
    await environment.sleep(70 * DAY_MS); // the State is silent: reminders, then the case is dormant
    await engine.settled(caseId);
    const before = await engine.eventCount(caseId);
    await environment.sleep(200 * DAY_MS);
    const { sideState, paused } = await engine.world.dataSource.manager.findOneByOrFail(AssistanceCase, { id: caseId });
    expect({ sideState, paused }).toEqual({ sideState: 'dormant', paused: true });
    expect((await engine.eventCount(caseId)) - before).toBeLessThan(10);
  });
});
