import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { createCaseActivities } from '#activities/case/case.activities.js';
import { createReconcileActivities } from '#activities/reconcile/reconcile.activities.js';
import { caseWorkflowId } from '#libs/contracts/case-workflow.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { Reconciler } from '#libs/reconciliation/reconciler.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { temporalClient } from '#libs/temporal/connection.js';
import { dataConverter } from '#libs/temporal/data-converter.js';
import { WorkflowUnavailable } from '#libs/temporal/update-errors.js';
import { createCaseWorker } from '../../apps/worker/src/case-worker.js';
import { fromFile, toFile } from '../replay/history-file.js';
import { CaseWorld } from '../support/case-world.js';
import { testKey } from '../support/payload-keys.js';
import { actor } from '../support/people.js';
import { until } from '../support/until.js';
import '../support/quiet-temporal.js';

jest.setTimeout(180_000);

const BUNDLE = process.env['TEST_WORKFLOW_BUNDLE'] ?? '';
const place = {
  temporalAddress: process.env['TEST_TEMPORAL_ADDRESS'] ?? '',
  temporalNamespace: 'default',
  temporalTaskQueue: `case-${randomUUID()}`,
};
const [A, B] = [testKey('first-key'), testKey('second-key')];
const note = (text: string): CaseCommand => ({
  verb: 'log-contact',
  body: { with: 'The mission', means: 'phone', text },
});
const acknowledge: CaseCommand = { verb: 'acknowledge', body: { message: 'We have it.' } };
const take: CaseCommand = { verb: 'take', body: {} };
const verify: CaseCommand = { verb: 'verify', body: { means: 'mission', evidence: 'A call.' } };

const NOTED = ['seq', 'attempt', 'activity_id', 'activity_type', 'complete_time', 'backoff', 'original_schedule_time'];

interface PayloadJson {
  metadata: { encoding: string };
  data: string;
}

const decoded = (base64 = ''): string => Buffer.from(base64, 'base64').toString('latin1');

function payloadsIn(value: unknown): PayloadJson[] {
  if (value === null || typeof value !== 'object') return [];
  if ('metadata' in value && 'data' in value) return [value as PayloadJson];
  return Object.values(value).flatMap(payloadsIn);
}

describe('the keys of what Temporal keeps', () => {
  let world: CaseWorld;
  const clients: { close: () => Promise<void> }[] = [];
  const raw = clientWith('');

  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(async () => {
    await Promise.all(clients.map((one) => one.close()));
    await world.close();
  });

  function clientWith(payloadKeys: string) {
    const temporal = temporalClient({ ...place, payloadKeys });
    clients.push(temporal.connection);
    return temporal;
  }

  /** A deployment under these keys, for as long as the work takes. */
  async function under<T>(
    payloadKeys: string,
    work: (client: CaseClient) => Promise<T>,
    deadlineMs = 30_000,
  ): Promise<T> {
    const client = new CaseClient(clientWith(payloadKeys), deadlineMs, place.temporalTaskQueue);
    const { worker, close } = await createCaseWorker({ ...place, payloadKeys }, BUNDLE, {
      ...createCaseActivities(world.store),
      ...createReconcileActivities(new Reconciler(world.dataSource, client)),
    });
    const running = worker.run();
    try {
      return await work(client);
    } finally {
      worker.shutdown();
      await running;
      await close();
    }
  }

  async function send(client: CaseClient, caseId: string, command: CaseCommand, key = world.key()) {
    const received = await world.desk.receive(caseId, actor('coordinator').personId, key, command);
    return client.command(caseId, received);
  }

  const historyOf = (caseId: string) => raw.workflow.getHandle(caseWorkflowId(caseId)).fetchHistory();

  it('encrypt every payload of a case, its refusals too, and leave nothing to read', async () => {
    const { caseId } = await under(A, async (client) => {
      const opened = await world.open();
      await client.start(opened);
      await expect(send(client, opened.caseId, verify)).rejects.toThrow();
      await send(client, opened.caseId, acknowledge);
      await client.tick(opened.caseId, 'a-tick');
      expect((await client.standing(opened.caseId)).version).toBe(2);
      return opened;
    });
    const history = toFile(await historyOf(caseId));
    const payloads = payloadsIn(JSON.parse(history));
    const plain = payloads.filter(({ metadata }) => decoded(metadata.encoding) !== 'binary/encrypted');
    // What the SDK notes beside the result of a local activity: which one, and when.
    expect(new Set(plain.flatMap(({ data }) => Object.keys(JSON.parse(decoded(data)))))).toEqual(new Set(NOTED));
    const encrypted = payloads.filter((one) => !plain.includes(one)).map(({ data }) => decoded(data));
    expect(encrypted.length).toBeGreaterThan(5);
    expect(encrypted.join('\n')).not.toMatch(/caseId|submitted|version|acknowledge/);
    const messages = [...history.matchAll(/"message": "([^"]*)"/g)].map(([, message]) => message);
    expect(new Set(messages)).toEqual(new Set(['Encoded failure']));
  });

  it('may change while cases are open; without the old key the case waits, and goes on when it is back', async () => {
    const { caseId } = await under(A, async (client) => {
      const opened = await world.open();
      await client.start(opened);
      await send(client, opened.caseId, take);
      return opened;
    });
    await under(`${B},${A}`, (client) => send(client, caseId, note('under the new key')));
    const kept = world.key();
    await under(
      B,
      async (client) => {
        await expect(send(client, caseId, note('without the old key'), kept)).rejects.toThrow(WorkflowUnavailable);
      },
      3_000,
    );
    const { version } = await under(`${B},${A}`, (client) => send(client, caseId, note('without the old key'), kept));
    expect(version).toBe(4);
    const log = await world.dataSource.query<{ type: string }[]>(
      'SELECT type FROM case_event WHERE case_id = $1 ORDER BY version',
      [caseId],
    );
    expect(log.map(({ type }) => type)).toEqual(['opened', 'owner_assigned', 'contact_logged', 'contact_logged']);
  });

  it('may be brought in while cases are open that began without', async () => {
    const { caseId } = await under('', async (client) => {
      const opened = await world.open();
      await client.start(opened);
      await send(client, opened.caseId, take);
      return opened;
    });
    expect((await under(A, (client) => send(client, caseId, note('encrypted from here')))).version).toBe(3);
  });

  it('let a run of a schedule read what the run before it handed on', async () => {
    const scheduleId = `schedule/test-${randomUUID()}`;
    await under(A, async () => {
      const temporal = clientWith(A);
      const handle = await temporal.schedule.create({
        scheduleId,
        spec: {},
        action: {
          type: 'startWorkflow',
          workflowType: 'reconcileWorkflow',
          workflowId: scheduleId,
          taskQueue: place.temporalTaskQueue,
          args: [],
        },
      });
      for (let run = 1; run <= 2; run += 1) {
        await handle.trigger();
        const ended = await until(`run ${run} is over`, async () => {
          const { info } = await handle.describe();
          const { action } = info.recentActions[run - 1] ?? {};
          if (!action) return null;
          const { workflowId } = action.workflow;
          const { status } = await temporal.workflow.getHandle(workflowId).describe();
          return status.name !== 'RUNNING' && { workflowId, status: status.name };
        });
        expect(ended.status).toBe('COMPLETED');
        expect(await temporal.workflow.getHandle(ended.workflowId).result()).toMatchObject({
          drift: expect.any(Number),
        });
        await sleep(1_100); // the server names runs by the second
      }
      await handle.delete();
    });
  });

  it('let an encrypted history be replayed by whoever has the key, under the id of its workflow', async () => {
    const { caseId } = await under(A, async (client) => {
      const opened = await world.open();
      await client.start(opened);
      await expect(send(client, opened.caseId, verify)).rejects.toThrow();
      await send(client, opened.caseId, acknowledge);
      return opened;
    });
    const history = fromFile(toFile(await historyOf(caseId)));
    const replay = (keys: string, workflowId: string) =>
      Worker.runReplayHistory(
        { workflowBundle: { codePath: BUNDLE }, dataConverter: dataConverter(keys) },
        history,
        workflowId,
      );
    await replay(A, caseWorkflowId(caseId));
    await expect(replay(B, caseWorkflowId(caseId))).rejects.toThrow();
    await expect(replay(A, caseWorkflowId(randomUUID()))).rejects.toThrow();
  });
});
