import { randomUUID } from 'node:crypto';
import { createCaseActivities } from '#activities/case/case.activities.js';
import { createMailSequencesActivities } from '#activities/mail-sequences/mail-sequences.activities.js';
import { advanceClock } from '#libs/case-store/product-time.js';
import { mailSequencesScheduleId } from '#libs/contracts/mail-sequences-workflow.js';
import { RequestDraft } from '#libs/database/entities/request-draft.entity.js';
import { temporalClient } from '#libs/temporal/connection.js';
import { scheduleMailSequences } from '#libs/temporal/mail-sequences-schedule.js';
import { createCaseWorker } from '../../apps/worker/src/case-worker.js';
import { CaseWorld } from '../../test/support/case-world.js';
import { TEST_PAYLOAD_KEYS } from '../../test/support/payload-keys.js';
import { idOf } from '../../test/support/people.js';
import { until } from '../../test/support/until.js';
import '../../test/support/quiet-temporal.js';
import { MailSequences } from './mail-sequences.js';

jest.setTimeout(120_000);

const SETTINGS = { mailFrom: 'no-reply@action48.test', secretsKey: Buffer.alloc(32).toString('base64') };

describe('the schedule of the reminders that hang on no case', () => {
  it('looks every hour and hands on a figure only', async () => {
    const place = {
      temporalAddress: process.env['TEST_TEMPORAL_ADDRESS'] ?? '',
      temporalNamespace: 'default',
      temporalTaskQueue: `case-${randomUUID()}`,
      payloadKeys: TEST_PAYLOAD_KEYS,
    };
    const world = await CaseWorld.create();
    const { manager } = world.dataSource;
    const draft = { id: randomUUID(), personId: idOf('person:focalPoint'), answers: {}, reference: null };
    await manager.insert(RequestDraft, { ...draft, updatedAt: new Date() });
    await advanceClock(manager, 15 * 86_400_000);

    const client = temporalClient(place);
    const { worker, close } = await createCaseWorker(place, process.env['TEST_WORKFLOW_BUNDLE'] ?? '', {
      ...createCaseActivities(world.store),
      ...createMailSequencesActivities(new MailSequences(world.dataSource, SETTINGS)),
    });
    const running = worker.run();
    await scheduleMailSequences(client, place.temporalTaskQueue);
    await scheduleMailSequences(client, place.temporalTaskQueue); // as every start of a worker does
    const schedule = client.schedule.getHandle(mailSequencesScheduleId(place.temporalTaskQueue));
    expect((await schedule.describe()).spec.intervals).toMatchObject([{ every: 3_600_000 }]);
    await schedule.trigger();
    const run = await until('it was started', async () => (await schedule.describe()).info.recentActions[0]);
    const handle = client.workflow.getHandle(run.action.workflow.workflowId);
    expect(await handle.result()).toEqual({ queued: 1 });
    expect(JSON.stringify(await handle.fetchHistory())).not.toContain(draft.id);
    await schedule.delete();
    worker.shutdown();
    await running;
    await close();
    await client.connection.close();
    await world.close();
  });
});
