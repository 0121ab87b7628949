// One case from the request to the end of its last follow-up, on the time-skipping server: every timer is a real one.
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createCaseActivities } from '#activities/case/case.activities.js';
import { advanceClock } from '#libs/case-store/product-time.js';
import { deedsUntil } from '#libs/demo/journey.js';
import { createCaseWorker } from '../../dist/apps/worker/src/case-worker.js';
import { ROOT } from '../../apps/standalone/settings.js';
import { findTemporalBinary, obtainTemporalBinary, TEST_SERVER } from '../../apps/standalone/temporal-binaries.js';
import { Cases } from './cases.js';
import { MORNING } from './placed-cases.js';

const DAY_MS = 86_400_000;
const BUNDLE = join(ROOT, 'dist/workflow-bundle.js');
const TIMER_FIRED = 'timerFiredEventAttributes';
const ACCEPTED = 'workflowExecutionUpdateAcceptedEventAttributes';
const CONTINUED = 'workflowExecutionContinuedAsNewEventAttributes';

/** Lives a case of the usual way through and counts what it left behind. */
export async function liveWholeCase(system) {
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const { path } = findTemporalBinary(TEST_SERVER) ?? (await obtainTemporalBinary(TEST_SERVER));
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  try {
    const place = { ...system.place, temporalAddress: env.address };
    const cases = new Cases({ ...system, place });
    const { worker, close } = await createCaseWorker(place, BUNDLE, createCaseActivities(cases.store));
    const result = await worker.runUntil(() => live(env, cases));
    await close();
    return result;
  } finally {
    await env.teardown();
  }
}

async function live(env, cases) {
  const startedAt = await env.currentTimeMs();
  await advanceClock(cases.manager, MORNING - startedAt);
  const [opened] = await cases.open([startedAt]);
  await cases.start([opened]);
  const handle = env.client.workflow.getHandle(`case/${opened.caseId}`);
  const { runId } = await handle.describe();
  const deeds = deedsUntil('closed', ['drafting', 'penal_sanctions'], MORNING, 'coordinator');
  for (const [number, { day, who, command }] of deeds.entries()) {
    const at = startedAt + day * DAY_MS + number * 60_000;
    await env.sleep(Math.max(1, at - (await env.currentTimeMs())));
    await act(env, cases, opened.caseId, who === 'requester' ? 'bravia' : who, command, number);
  }
  await handle.result();
  const history = await readRuns(env, opened.caseId, runId);
  return { ...history, ...(await rowsOf(cases, opened)), commands: deeds.length };
}

async function act(env, cases, caseId, mailbox, command, number) {
  const [{ state }] = await cases.manager.query('SELECT state FROM assistance_case WHERE id = $1', [caseId]);
  const order = typeof command === 'function' ? command(state) : command;
  const { personId } = await cases.actor(mailbox);
  const at = await env.currentTimeMs();
  const received = await cases.desk.receive(caseId, personId, `whole-${number}`, order, at);
  await cases.client.command(caseId, received);
}

/** The events of every run of the workflow, from the first to the one that completed. */
async function readRuns(env, caseId, firstRunId) {
  const totals = { runs: 0, events: 0, timersFired: 0, updates: 0 };
  let status;
  for (let runId = firstRunId; runId;) {
    const handle = env.client.workflow.getHandle(`case/${caseId}`, runId);
    const { events } = await handle.fetchHistory();
    totals.runs += 1;
    totals.events += events.length;
    totals.timersFired += events.filter((event) => event[TIMER_FIRED]).length;
    totals.updates += events.filter((event) => event[ACCEPTED]).length;
    status = (await handle.describe()).status.name;
    runId = events.at(-1)[CONTINUED]?.newExecutionRunId;
  }
  return { ...totals, status };
}

async function rowsOf(cases, opened) {
  const [row] = await cases.manager.query(
    `SELECT stage, (SELECT extract(days FROM max(recorded_at) - min(recorded_at))::int FROM case_event) AS days,
       (SELECT count(*)::int FROM case_event) AS "caseEvents",
       (SELECT count(*)::int FROM mail) AS mails,
       (SELECT count(*)::int FROM clock_breach) AS breaches FROM assistance_case WHERE id = $1`,
    [opened.caseId],
  );
  return { ...row, brokenChains: await cases.brokenChains([opened]) };
}
