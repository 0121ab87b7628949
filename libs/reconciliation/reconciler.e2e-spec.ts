import { advanceClock } from '#libs/case-store/product-time.js';
import { caseWorkflowId } from '#libs/contracts/case-workflow.js';
import { reconcileScheduleId } from '#libs/contracts/reconcile-workflow.js';
import { CaseClient } from '#libs/temporal/case-client.js';
import { scheduleReconciler } from '#libs/temporal/reconcile-schedule.js';
import { CaseEngine, eventually } from '../../test/support/case-engine.js';
import { asOwner } from '../../test/support/database.js';
import { lastFindings } from './findings.js';
import { Reconciler } from './reconciler.js';

jest.setTimeout(120_000);

describe('the reconciler', () => {
  let engine: CaseEngine;
  beforeEach(async () => {
    engine = await CaseEngine.start();
  });
  afterEach(() => engine.stop());

  const acknowledge = { verb: 'acknowledge', body: { message: 'We have it.' } } as const;
  const found = async () => (await engine.reconciler.check()).drift.map(({ subject, kind }) => `${subject} ${kind}`);
  /** Finds exactly this, still finds it when it looks again, and nothing any more after it was asked to repair. */
  async function isFoundAndRepaired(expected: string[]) {
    expect(await found()).toEqual(expected);
    const { drift } = await engine.reconciler.check();
    expect(await engine.reconciler.repair(drift)).toBe(expected.length);
    expect(await found()).toEqual([]);
  }

  it('finds nothing when both stores agree, and keeps what it found', async () => {
    const { caseId } = await engine.open();
    await engine.send('coordinator', caseId, acknowledge);
    const findings = await engine.reconciler.check();
    expect(findings).toMatchObject({ checked: 1, drift: [] });
    expect(await lastFindings(engine.world.dataSource)).toEqual(findings);
  });

  it('ends when it is told to, and keeps nothing of half a look', async () => {
    await engine.open();
    const before = await lastFindings(engine.world.dataSource);
    await expect(engine.reconciler.check(AbortSignal.abort(new Error('the worker stops')))).rejects.toThrow('stops');
    expect(await lastFindings(engine.world.dataSource)).toEqual(before);
  });

  it('finds a case that no workflow runs for, and starts it', async () => {
    const { reference } = await engine.world.open();
    await isFoundAndRepaired([`${reference} no_workflow`]);
  });

  it('finds a case whose workflow somebody has ended by hand, and starts it again', async () => {
    const { caseId, reference } = await engine.open();
    await engine.send('coordinator', caseId, acknowledge);
    await engine.temporal.workflow.getHandle(caseWorkflowId(caseId)).terminate();
    await isFoundAndRepaired([`${reference} no_workflow`]);
    expect(await engine.client.standing(caseId)).toMatchObject({ version: 2 });
  });

  it('finds a workflow that does not know the last event, and lets it look', async () => {
    const { caseId, reference } = await engine.open();
    // As after a restore of PostgreSQL from another instant than Temporal's.
    await engine.world.send('coordinator', caseId, { verb: 'take', body: {} });
    await isFoundAndRepaired([`${reference} version_apart`]);
    expect(await engine.client.standing(caseId)).toMatchObject({ version: 2 });
  });

  it('finds a timer that is not set to what is due next, and sets it', async () => {
    const { reference } = await engine.open();
    await advanceClock(engine.world.dataSource.manager, 60_000);
    await isFoundAndRepaired([`${reference} timer_apart`]);
  });

  it('finds mails that a mailer left behind, and gives them back to the ledger', async () => {
    const { caseId } = await engine.open();
    const { dataSource } = engine.world;
    const [one, two] = await dataSource.query('SELECT id FROM mail WHERE case_id = $1 ORDER BY id', [caseId]);
    const leave = (id: string, state: string, delivery: string) =>
      dataSource.query(
        `UPDATE mail SET state = $2, delivery = $3, claimed_at = now() - interval '20 minutes' WHERE id = $1`,
        [id, state, delivery],
      );
    await leave(one.id, 'claimed', 'notice');
    await leave(two.id, 'sending', 'reminder');
    await isFoundAndRepaired([`mail ${one.id} stuck_mail`, `mail ${two.id} stuck_mail`]);
    // A reminder that may have gone out never goes again.
    expect(await dataSource.query('SELECT state FROM mail WHERE case_id = $1 ORDER BY id', [caseId])).toEqual([
      { state: 'due' },
      { state: 'unknown' },
    ]);
  });

  it('finds a broken chain, and leaves it to a person', async () => {
    const { caseId, reference } = await engine.open();
    await asOwner(engine.world.url, 'ALTER TABLE case_event DISABLE TRIGGER case_event_append_only', [
      `UPDATE case_event SET type = 'declined' WHERE case_id = $1`,
      [caseId],
    ]);
    const { drift } = await engine.reconciler.check();
    expect(drift).toMatchObject([{ subject: reference, kind: 'broken_chain', remedy: 'look' }]);
    expect(await engine.reconciler.repair(drift)).toBe(0);
    expect(await found()).toEqual([`${reference} broken_chain`]);
  });

  it('says which workflows do not answer', async () => {
    const { reference } = await engine.open();
    await engine.pauseWorker();
    const impatient = new CaseClient(engine.temporal, 1_000, engine.taskQueue);
    const { drift } = await new Reconciler(engine.world.dataSource, impatient).check();
    expect(drift).toMatchObject([{ subject: reference, kind: 'silent_workflow', remedy: 'look' }]);
  });

  it('runs on a schedule of ten minutes, never twice at once, that may be set again and again', async () => {
    const { reference } = await engine.world.open();
    await scheduleReconciler(engine.temporal, engine.taskQueue);
    await scheduleReconciler(engine.temporal, engine.taskQueue);
    const schedule = engine.temporal.schedule.getHandle(reconcileScheduleId(engine.taskQueue));
    try {
      const { spec, policies } = await schedule.describe();
      expect(spec.intervals).toEqual([expect.objectContaining({ every: 600_000 })]);
      expect(policies.overlap).toBe('SKIP');
      await schedule.trigger();
      await eventually(async () => (await lastFindings(engine.world.dataSource)) !== null);
      // It reports; the case has still no workflow.
      expect((await lastFindings(engine.world.dataSource))?.drift).toMatchObject([
        { subject: reference, kind: 'no_workflow' },
      ]);
      expect(await found()).toEqual([`${reference} no_workflow`]);
    } finally {
      await schedule.delete();
    }
  });
});
