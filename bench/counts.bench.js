// What one command, one fired timer and one whole case cost: history events, PostgreSQL statements and durable commits.
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from './support/api-client.js';
import { Cases } from './support/cases.js';
import { openPlaced, setClock } from './support/placed-cases.js';
import { check } from './support/results.js';
import { StatementLog } from './support/statement-log.js';
import { liveWholeCase } from './support/whole-case.js';

const COMMANDS = 10;
const RINGS_IN_MS = 5_000;
const LIMIT_MS = 60_000;

/** @param {import('./support/stage.js').Stage} stage */
export async function run(stage, { say }) {
  say('one timer and one command');
  const system = await stage.system('counts', { logged: true });
  const log = new StatementLog(stage.postgresData);
  const cases = new Cases(system);
  const [opened] = await openPlaced(cases, { count: 1, everyMs: 1 });
  await stage.worker(system);
  const timer = await ringOnce(cases, opened, log);
  const command = await commandOnce(stage, system, cases, opened, log);
  const regular = await regularOnce(stage, system, cases.temporal);
  say('one whole case, with skipped time');
  const whole = await wholeOnce(stage);
  return {
    rows: [
      { what: 'one command over HTTP', events: command.events, peerEvents: regular.command, ...command.cost },
      { what: 'one fired timer, re-armed', events: timer.events, peerEvents: regular.timer, ...timer.cost },
    ],
    whole,
    checks: [
      check('timers rung', timer.rung, 1),
      check('notes recorded', command.notes, COMMANDS + 1),
      check('stage of the whole case', whole.stage, 'closed'),
      check('workflow of the whole case', whole.status, 'COMPLETED'),
      check('logs whose chain of hashes does not hold', (await cases.brokenChains([opened])) + whole.brokenChains, 0),
    ],
  };
}

const historyLength = async ({ temporal }, { caseId }) =>
  (await temporal.workflow.getHandle(`case/${caseId}`).describe()).historyLength;

const countOf = async ({ manager }, type) =>
  (await manager.query('SELECT count(*)::int AS n FROM case_event WHERE type = $1', [type]))[0].n;

async function until(condition) {
  for (const limit = Date.now() + LIMIT_MS; !(await condition());) {
    if (Date.now() > limit) throw new Error('it did not happen within a minute');
    await sleep(200);
  }
}

async function ringOnce(cases, opened, log) {
  await setClock(cases, RINGS_IN_MS);
  await cases.start([opened]);
  await until(async () => (await historyLength(cases, opened)) >= 6);
  const before = await historyLength(cases, opened);
  log.mark();
  // Fired, scheduled, started: the fourth comes with what the workflow did. PostgreSQL is left alone meanwhile.
  await until(async () => (await historyLength(cases, opened)) > before + 3);
  const cost = log.cost();
  return { events: (await historyLength(cases, opened)) - before, rung: await countOf(cases, 'clock_warned'), cost };
}

async function commandOnce(stage, system, cases, opened, log) {
  const api = new ApiClient(await stage.api(system));
  await api.signIn('coordinator');
  const note = (number) => api.step(opened.reference, 'add-note', { text: `Note ${number}.` });
  await api.step(opened.reference, 'take', {});
  await note(0); // every connection is open now
  const before = await historyLength(cases, opened);
  log.mark();
  for (let number = 1; number <= COMMANDS; number += 1) await note(number);
  const cost = log.cost(COMMANDS);
  const events = ((await historyLength(cases, opened)) - before) / COMMANDS;
  const notes = await countOf(cases, 'note_added');
  api.close();
  return { events, notes, cost };
}

async function wholeOnce(stage) {
  const system = await stage.system('whole', { logged: true });
  const log = new StatementLog(stage.postgresData);
  log.mark();
  const whole = await liveWholeCase(system);
  return { ...whole, commits: log.cost().commits };
}

/** The same two steps with a regular activity. */
async function regularOnce(stage, system, client) {
  const taskQueue = 'bench-regular';
  const place = { ...system.place, temporalTaskQueue: taskQueue };
  const env = { BENCH_FOLDER: stage.folder };
  const stop = await stage.process('bench/support/bare-worker.js', { ...system, place }, env);
  const start = { workflowId: 'regular', taskQueue, args: [RINGS_IN_MS] };
  const handle = await client.workflow.start('regularWorkflow', start);
  const length = async () => (await handle.describe()).historyLength;
  await until(async () => (await length()) >= 5);
  const beforeCommand = await length();
  await handle.executeUpdate('command');
  const command = (await length()) - beforeCommand;
  const beforeTimer = await length();
  await until(() => handle.query('rung'));
  const timer = (await length()) - beforeTimer;
  await handle.terminate();
  await stop();
  return { command, timer };
}
