import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCaseActivities } from '#activities/case/case.activities.js';
import { createCheckpointActivities } from '#activities/checkpoint/checkpoint.activities.js';
import { Checkpointer } from '#libs/audit/checkpointer.js';
import { checkpointScheduleId } from '#libs/contracts/checkpoint-workflow.js';
import { scheduleCheckpoints } from '#libs/temporal/checkpoint-schedule.js';
import { temporalClient } from '#libs/temporal/connection.js';
import { createCaseWorker } from '../../apps/worker/src/case-worker.js';
import { eventually } from '../../test/support/case-engine.js';
import { CaseWorld } from '../../test/support/case-world.js';
import '../../test/support/quiet-temporal.js';

jest.setTimeout(120_000);

describe('the schedule of checkpoints', () => {
  it('makes one every quarter of an hour, never two at once, and tells Temporal figures only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
    const world = await CaseWorld.create();
    const place = {
      temporalAddress: process.env['TEST_TEMPORAL_ADDRESS'] ?? '',
      temporalNamespace: 'default',
      temporalTaskQueue: `case-${randomUUID()}`,
    };
    const { temporalTaskQueue: queue } = place;
    const key = generateKeyPairSync('ed25519').privateKey;
    const checkpointer = new Checkpointer(world.dataSource, { folder, key, origin: 'test/action48' });
    const { worker, close } = await createCaseWorker(place, process.env['TEST_WORKFLOW_BUNDLE'] ?? '', {
      ...createCaseActivities(world.store),
      ...createCheckpointActivities(checkpointer),
    });
    const running = worker.run();
    const client = temporalClient(place);
    await world.open();
    await scheduleCheckpoints(client, queue);
    await scheduleCheckpoints(client, queue);
    const schedule = client.schedule.getHandle(checkpointScheduleId(queue));
    const { spec, policies } = await schedule.describe();
    expect(spec.intervals).toEqual([expect.objectContaining({ every: 900_000 })]);
    expect(policies.overlap).toBe('SKIP');
    await schedule.trigger();
    await eventually(async () => readdirSync(folder).includes('00000001.checkpoint'));
    await eventually(async () => (await schedule.describe()).info.recentActions.length > 0);
    const [action] = (await schedule.describe()).info.recentActions;
    const workflowId = action?.action.workflow.workflowId ?? '';
    expect(await client.workflow.getHandle(workflowId).result()).toEqual({ made: { number: 1, size: 1, added: 1 } });
    await schedule.delete();
    worker.shutdown();
    await running;
    await close();
    await client.connection.close();
    await world.close();
    rmSync(folder, { recursive: true });
  });
});
