import { randomUUID } from 'node:crypto';
import { createCaseActivities } from '#activities/case/case.activities.js';
import { createRetentionActivities } from '#activities/retention/retention.activities.js';
import { advanceClock } from '#libs/case-store/product-time.js';
import { retentionScheduleId } from '#libs/contracts/retention-workflow.js';
import { CaseErasure } from '#libs/erasure/case-erasure.js';
import { Retention } from '#libs/erasure/retention.js';
import { temporalClient } from '#libs/temporal/connection.js';
import { scheduleRetention } from '#libs/temporal/retention-schedule.js';
import { createCaseWorker } from '../../apps/worker/src/case-worker.js';
import { CaseWorld } from '../support/case-world.js';
import { TEST_PAYLOAD_KEYS } from '../support/payload-keys.js';
import { until } from '../support/until.js';
import '../support/quiet-temporal.js';

jest.setTimeout(120_000);

const TWO_YEARS_AND_MORE = 800 * 86_400_000;

describe('the schedule of the retention', () => {
  it('erases what is over and hands on a figure only', async () => {
    const place = {
      temporalAddress: process.env['TEST_TEMPORAL_ADDRESS'] ?? '',
      temporalNamespace: 'default',
      temporalTaskQueue: `case-${randomUUID()}`,
      payloadKeys: TEST_PAYLOAD_KEYS,
    };
    const world = await CaseWorld.create();
    const { caseId, reference } = await world.open();
    await world.send('focalPoint', caseId, { verb: 'withdraw', body: { reason: 'No longer needed.' } });
    await advanceClock(world.dataSource.manager, TWO_YEARS_AND_MORE);

    const client = temporalClient(place);
    const retention = new Retention(world.dataSource, new CaseErasure(world.dataSource, world.store));
    const { worker, close } = await createCaseWorker(place, process.env['TEST_WORKFLOW_BUNDLE'] ?? '', {
      ...createCaseActivities(world.store),
      ...createRetentionActivities(retention),
    });
    const running = worker.run();
    await scheduleRetention(client, place.temporalTaskQueue);
    await scheduleRetention(client, place.temporalTaskQueue); // as every start of a worker does
    const schedule = client.schedule.getHandle(retentionScheduleId(place.temporalTaskQueue));
    const { spec } = await schedule.describe();
    expect(spec).toMatchObject({
      timezone: 'Europe/Zurich',
      calendars: [{ hour: [{ start: 2 }], minute: [{ start: 40 }] }],
    });
    await schedule.trigger();
    const run = await until('it was started', async () => (await schedule.describe()).info.recentActions[0]);
    const handle = client.workflow.getHandle(run.action.workflow.workflowId);
    expect(await handle.result()).toEqual({ erased: 1 });
    const [{ form }] = await world.dataSource.query<[{ form: object }]>('SELECT form FROM case_request');
    expect(form).not.toHaveProperty('focalPoint');
    expect(JSON.stringify(await handle.fetchHistory())).not.toContain(reference);
    await schedule.delete();
    worker.shutdown();
    await running;
    await close();
    await client.connection.close();
    await world.close();
  });
});
