// Commands over HTTP beside a bare executeUpdate on an empty workflow, in turns on the same servers.
import { randomUUID } from 'node:crypto';
import { ApiClient } from './support/api-client.js';
import { Cases } from './support/cases.js';
import { closedLoop, inParallel, openLoop } from './support/load.js';
import { check } from './support/results.js';
import { ratios, spread, tail } from './support/statistics.js';

const SIZES = {
  full: { rounds: 5, ms: 4000, cases: 200 },
  quick: { rounds: 2, ms: 1500, cases: 40 },
};
const CLIENTS = [16, 1];
/** Open loop: this share of what 16 clients reached over HTTP in the first round, the same for both arms. */
const OPEN_SHARE = 0.5;

/** @param {import('./support/stage.js').Stage} stage */
export async function run(stage, { size, say }) {
  const { rounds, ms, cases } = SIZES[size];
  const system = await stage.system('commands');
  const bench = new Cases(system);
  say(`opening ${cases} cases`);
  const opened = await bench.open(Array.from({ length: cases }, () => Date.now()));
  await inParallel(4, cases, (index) => bench.act('coordinator', opened[index].caseId, { verb: 'take', body: {} }));
  await stage.worker(system);
  const api = new ApiClient(await stage.api(system));
  await api.signIn('coordinator');
  await bench.start(opened);
  const bare = await startBare(stage, system, bench.temporal, cases);

  const arms = {
    ours: spreadOver(opened, ({ reference }) => api.step(reference, 'add-note', { text: 'A note of the benchmark.' })),
    bare: spreadOver(bare, (handle) => handle.executeUpdate('command', { updateId: randomUUID() })),
  };
  for (const call of Object.values(arms)) await closedLoop({ clients: 16, ms: ms / 2, call }); // warm up
  const before = await counts(bench, bare);
  const results = await measure(arms, rounds, ms, say);
  const after = await counts(bench, bare);
  api.close();
  const total = (arm) => results.flatMap(({ [arm]: one }) => one.map(({ ok }) => ok)).reduce((a, b) => a + b, 0);
  const failed = results.flatMap((row) => [...row.ours, ...row.bare].flatMap((one) => one.failed));
  return {
    cases,
    rounds,
    windowMs: ms,
    rows: results.flatMap(summary),
    checks: [
      check('every call was answered with success', failed.length, 0, failed[0]),
      check('notes recorded = notes acknowledged', after.notes - before.notes, total('ours')),
      check('empty updates counted = acknowledged', after.bare - before.bare, total('bare')),
      check('logs whose chain of hashes does not hold', await bench.brokenChains(opened), 0),
    ],
  };
}

/** One call after the other goes to the next target, whoever sends it. */
function spreadOver(targets, call) {
  let next = 0;
  return () => call(targets[next++ % targets.length]);
}

async function startBare(stage, system, client, count) {
  const taskQueue = 'bench-bare';
  const place = { ...system.place, temporalTaskQueue: taskQueue };
  await stage.process('bench/support/bare-worker.js', { ...system, place }, { BENCH_FOLDER: stage.folder });
  const handles = [];
  await inParallel(16, count, async (index) => {
    const workflowId = `bare/${index}`;
    handles[index] = await client.workflow.start('emptyWorkflow', { workflowId, taskQueue });
  });
  return handles;
}

/** Turn and turn about, so that what slows the machine for a while slows both. */
async function measure(arms, rounds, ms, say) {
  const results = [...CLIENTS.map((clients) => ({ clients })), { perSecond: 0 }].map((load) => ({
    ...load,
    ours: [],
    bare: [],
  }));
  for (let round = 0; round < rounds; round += 1)
    for (const row of results) {
      if (row.perSecond === 0) row.perSecond = Math.max(1, Math.round(results[0].ours[0].perSecond * OPEN_SHARE));
      for (const arm of ['ours', 'bare']) {
        const call = arms[arm];
        const one = row.clients
          ? await closedLoop({ clients: row.clients, ms, call })
          : await openLoop({ perSecond: row.perSecond, ms, call });
        row[arm].push(one);
        say(
          `round ${round + 1}: ${row.clients ? `${row.clients} clients` : `${row.perSecond}/s`}, ${arm}: ${one.perSecond.toFixed(1)}/s`,
        );
      }
    }
  return results;
}

function summary({ clients, perSecond, ours, bare }) {
  const load = clients ? { clients } : { arrivalsPerSecond: perSecond };
  const rates = (rounds) => rounds.map((one) => one.perSecond);
  const waits = (rounds) => rounds.map(({ latencies }) => tail(latencies));
  const middle = (rounds) => waits(rounds).map(({ p50 }) => p50);
  const arm = (name, rounds) => ({
    arm: name,
    ...load,
    perSecond: spread(rates(rounds)),
    p50: spread(middle(rounds)),
    p99: spread(waits(rounds).map(({ p99 }) => p99)),
    calls: rounds.reduce((sum, { ok }) => sum + ok, 0),
  });
  const toBare = {
    // At a fixed rate both arms reach it, or the run shows that one does not: only the wait is compared.
    rate: clients ? spread(ratios(rates(ours), rates(bare))) : null,
    p50: spread(ratios(middle(ours), middle(bare))),
  };
  return [{ ...arm('command over HTTP', ours), toBare }, arm('bare executeUpdate', bare)];
}

async function counts(bench, bare) {
  const [{ notes }] = await bench.manager.query(
    `SELECT count(*)::int AS notes FROM case_event WHERE type = 'note_added'`,
  );
  const applied = [];
  await inParallel(16, bare.length, async (index) => applied.push(await bare[index].query('applied')));
  return { notes, bare: applied.reduce((sum, one) => sum + one, 0) };
}
