import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { createCaseActivities } from '#activities/case/case.activities.js';
import type { CaseActivities } from '#activities/case/case.activities.js';
import { createReconcileActivities } from '#activities/reconcile/reconcile.activities.js';
import type { CaseOutcome } from '#libs/contracts/case-workflow.js';
import { caseWorkflowId } from '#libs/contracts/case-workflow.js';
import type { CaseCommand } from '#libs/domain/case/commands/index.js';
import { Reconciler } from '#libs/reconciliation/reconciler.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { temporalClient } from '#libs/temporal/connection.js';
import { createCaseWorker } from '../../apps/worker/src/case-worker.js';
import { CaseWorld } from './case-world.js';
import { actor } from './people.js';
import './quiet-temporal.js';

interface EnginePlace {
  address?: string;
  /** Stands between the workflow and the store, for tests of what goes wrong there. */
  around?: (activities: CaseActivities) => CaseActivities;
}

/** The kernel without doors: the case store on PostgreSQL, the case workflow on Temporal, a worker, a client. */
export class CaseEngine {
  readonly reconciler: Reconciler;
  private stopWorker: (() => Promise<void>) | null = null;

  private constructor(
    readonly world: CaseWorld,
    readonly temporal: Client,
    readonly client: CaseClient,
    readonly taskQueue: string,
    private readonly place: Required<EnginePlace>,
  ) {
    this.reconciler = new Reconciler(world.dataSource, client);
  }

  static async start({
    address = process.env['TEST_TEMPORAL_ADDRESS'] ?? '',
    around = (activities) => activities,
  }: EnginePlace = {}): Promise<CaseEngine> {
    const world = await CaseWorld.create();
    // Spec files run side by side on one server: each has a queue of its own.
    const taskQueue = `case-${randomUUID()}`;
    const temporal = temporalClient({ temporalAddress: address, temporalNamespace: 'default' });
    const client = new CaseClient(temporal, 30_000, taskQueue);
    const engine = new CaseEngine(world, temporal, client, taskQueue, { address, around });
    await engine.startWorker();
    return engine;
  }

  async stop(): Promise<void> {
    await this.stopWorker?.();
    await this.temporal.connection.close();
    await this.world.close();
  }

  async startWorker(): Promise<void> {
    const { world, taskQueue, place } = this;
    const { worker, close } = await createCaseWorker(
      { temporalAddress: place.address, temporalNamespace: 'default', temporalTaskQueue: taskQueue },
      process.env['TEST_WORKFLOW_BUNDLE'] ?? '',
      {
        ...place.around(createCaseActivities(world.store)),
        ...createReconcileActivities(this.reconciler),
      },
    );
    const running = worker.run();
    this.stopWorker = async () => {
      this.stopWorker = null;
      worker.shutdown();
      await running;
      await close();
    };
  }

  /** The worker goes away until it is started again. */
  async pauseWorker(): Promise<void> {
    await this.stopWorker?.();
  }

  /** A client with a gate of its own, as in another process. */
  anotherClient = (): CaseClient => new CaseClient(this.temporal, 60_000, this.taskQueue);

  /** A case, opened and running. */
  async open(changes: Parameters<CaseWorld['open']>[0] = {}): Promise<{ caseId: string; reference: string }> {
    const { caseId, reference, version } = await this.world.open(changes);
    await this.client.start({ caseId, version });
    await this.settled(caseId);
    return { caseId, reference };
  }

  /** A running case that the coordinator owns: notes may be added to it, which change nothing else. */
  async openOwned(): Promise<{ caseId: string; reference: string }> {
    const opened = await this.open();
    await this.send('coordinator', opened.caseId, { verb: 'take', body: {} });
    return opened;
  }

  /** A command as the API hands it over. */
  async send(
    who: string,
    caseId: string,
    command: CaseCommand,
    key = this.world.key(),
    at = Date.now(),
  ): Promise<CaseOutcome> {
    const received = await this.world.desk.receive(caseId, actor(who).personId, key, command, at);
    return this.client.command(caseId, received);
  }

  note(caseId: string, text: string, key?: string): Promise<CaseOutcome> {
    return this.send('coordinator', caseId, { verb: 'add-note', body: { text } }, key);
  }

  /** Every event of a run, by default of the latest. */
  async history(caseId: string, runId?: string) {
    const { events } = await this.temporal.workflow.getHandle(caseWorkflowId(caseId), runId).fetchHistory();
    return events ?? [];
  }

  /** How many events the latest run has, once its workflow tasks are done. */
  async eventCount(caseId: string): Promise<number> {
    await this.settled(caseId);
    return (await this.history(caseId)).length;
  }

  /** Waits until the workflow has nothing in hand. */
  async settled(caseId: string): Promise<void> {
    await eventually(async () => {
      const { pendingWorkflowTask, workflowExecutionInfo } = await this.describe(caseId);
      if (Number(workflowExecutionInfo?.status) !== 1) return true;
      const last = (await this.history(caseId)).at(-1);
      // Started (1), or a task that waits (5) or runs (6), or a timer that has just rung (18): more is to come.
      return !pendingWorkflowTask && ![1, 5, 6, 18].includes(Number(last?.eventType));
    });
  }

  private async describe(caseId: string) {
    return this.temporal.workflowService.describeWorkflowExecution({
      namespace: 'default',
      execution: { workflowId: caseWorkflowId(caseId) },
    });
  }
}

/** Asks again until the answer is true. */
export async function eventually(question: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (!(await question())) {
    if (Date.now() > until) throw new Error('it did not come true in time');
    await sleep(50);
  }
}
