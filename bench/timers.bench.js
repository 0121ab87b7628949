// How late the timers of real cases are, beside polls of 60 and 5 seconds over the same due times in the same run.
import { setTimeout as sleep } from 'node:timers/promises';
import { advanceClock } from '#libs/case-store/product-time.js';
import { Cases } from './support/cases.js';
import { MORNING, openPlaced, setClock } from './support/placed-cases.js';
import { Polls } from './support/polls.js';
import { check } from './support/results.js';
import { tail } from './support/statistics.js';

const SCENES = {
  full: [
    { name: 'calm', count: 600, overMs: 60_000 },
    { name: 'burst', count: 2_000, overMs: 30_000 },
  ],
  quick: [
    { name: 'calm', count: 60, overMs: 6_000 },
    { name: 'burst', count: 200, overMs: 3_000 },
  ],
};
const POLLS = [
  { name: 'poll every 5 s', everyMs: 5_000 },
  { name: 'poll every 60 s', everyMs: 60_000 },
];
/** Time for whatever comes between setting the clock and the first due instant, beside that for the starts themselves. */
const LEAD_MS = 6_000;
/** Cases of a later hour, started beforehand to see how many a second this machine starts now. */
const PROBES = 60;
const LATER_MS = 3 * 3_600_000;
/** The starts may become this much slower than those of the probe. */
const SLACK = 1.6;
const DRAIN_WITHIN_MS = 180_000;

/** When each event was really written, by PostgreSQL's clock: `recorded_at` is the workflow's own. */
const WITNESS = [
  'CREATE TABLE bench_written (case_id uuid NOT NULL, version integer NOT NULL, at timestamptz NOT NULL)',
  `CREATE FUNCTION bench_witness() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN INSERT INTO bench_written VALUES (NEW.case_id, NEW.version, clock_timestamp()); RETURN NULL; END $$`,
  'CREATE TRIGGER bench_witness AFTER INSERT ON case_event FOR EACH ROW EXECUTE FUNCTION bench_witness()',
];
const WARNINGS = `SELECT case_id, extract(epoch FROM recorded_at - effective_at) * 1000 AS by_workflow,
    extract(epoch FROM at - effective_at) * 1000 + $1 AS by_database
  FROM case_event JOIN bench_written USING (case_id, version) WHERE type = 'clock_warned'`;

/** @param {import('./support/stage.js').Stage} stage */
export async function run(stage, { size, say }) {
  const scenes = [];
  const checks = [];
  for (const scene of SCENES[size]) {
    const { checks: ofScene, ...measured } = await play(stage, scene, say);
    scenes.push(measured);
    checks.push(...ofScene.map((one) => ({ ...one, what: `${scene.name}: ${one.what}` })));
  }
  return { scenes, checks };
}

async function play(stage, { name, count, overMs }, say) {
  const system = await stage.system(`timers_${name}`);
  const cases = new Cases(system);
  for (const statement of WITNESS) await cases.manager.query(statement);
  say(`${name}: opening ${count} cases`);
  const opened = await openPlaced(cases, { count, everyMs: overMs / count });
  const probes = await cases.open(Array.from({ length: PROBES }, () => MORNING + LATER_MS));
  const stopWorker = await stage.worker(system);
  const { firstDueAt, offsetMs } = await setClock(cases, LEAD_MS + SLACK * count * (await msPerStart(cases, probes)));
  const polls = await Polls.of(system.url, POLLS, opened, offsetMs);
  polls.start(firstDueAt);
  await cases.start(opened);
  const spareMs = firstDueAt - Date.now();
  say(`${name}: ${count} timers armed, the first due in ${(spareMs / 1000).toFixed(1)} s`);

  const lastLook = polls.lastLook(firstDueAt, firstDueAt + overMs);
  const drainedAt = await drained(cases, count, firstDueAt + overMs);
  say(
    `${name}: all rung ${((drainedAt - firstDueAt) / 1000).toFixed(1)} s after the first was due; waiting for the polls`,
  );
  await sleep(Math.max(0, lastLook + 1_000 - Date.now()));
  const ours = await outcome(cases, opened, offsetMs);
  const polled = await Promise.all(POLLS.map((poll) => polls.result(poll.name)));
  await polls.stop();
  await stopWorker();
  const arms = [...ours, ...polled.map((result, index) => ({ arm: POLLS[index].name, ...result }))];
  return {
    name,
    count,
    overMs,
    perSecond: (count * 1000) / Math.max(overMs, drainedAt - firstDueAt),
    rows: arms.map(({ late, ...arm }) => ({ ...arm, ...tail(late) })),
    checks: [
      check('all timers armed before the first was due', spareMs > 0, true),
      ...arms.map(({ arm, late }) => check(`${arm}, rung`, late.length, count)),
      ...arms.map(({ arm, twice }) => check(`${arm}, rung twice`, twice, 0)),
      check('logs whose chain of hashes does not hold', await cases.brokenChains(opened), 0),
    ],
  };
}

/** With the clock set so that nothing is due; it is set back afterwards. */
async function msPerStart(cases, probes) {
  const { offsetMs } = await setClock(cases, LATER_MS);
  await cases.start(probes.slice(0, PROBES / 2)); // the first starts of a worker are slow
  const since = Date.now();
  await cases.start(probes.slice(PROBES / 2));
  const each = (Date.now() - since) / (PROBES / 2);
  await advanceClock(cases.manager, -offsetMs);
  return each;
}

/** Waits until every warning is recorded, or the limit is over. */
async function drained(cases, count, from) {
  for (;;) {
    const [{ rung }] = await cases.manager.query(
      `SELECT count(*)::int AS rung FROM case_event WHERE type = 'clock_warned'`,
    );
    if (rung >= count || Date.now() > from + DRAIN_WITHIN_MS) return Date.now();
    await sleep(1_000);
  }
}

/** Lateness by the workflow's clock and, what counts beside the polls, by the clock of the database. */
async function outcome(cases, opened, offsetMs) {
  const rows = await cases.manager.query(WARNINGS, [offsetMs]);
  const rungCases = new Set(rows.map(({ case_id: id }) => id));
  const counts = { missed: opened.length - rungCases.size, twice: rows.length - rungCases.size };
  const late = (column) => rows.map((row) => Number(row[column]));
  return [
    { arm: 'case timer, written', late: late('by_database'), ...counts },
    { arm: 'case timer, recorded_at − effective_at', late: late('by_workflow'), ...counts },
  ];
}
